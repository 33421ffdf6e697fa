import { z } from 'zod';

/** Limits of a client or key. Absent means unlimited: a budget bites only when somebody set it. */
export const limitsSchema = z.strictObject({
  requestsPerMinute: z.int().positive().optional(),
  tokensPerMinute: z.int().positive().optional(),
  budgetDayUsd: z.number().positive().optional(),
  budgetMonthUsd: z.number().positive().optional(),
});
export type Limits = z.infer<typeof limitsSchema>;

export const clientInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(128),
  limits: limitsSchema.default({}),
  /** Exact cache: opt-in. */
  cache: z
    .strictObject({ enabled: z.boolean(), ttlSeconds: z.int().positive().max(2_592_000) })
    .default({ enabled: false, ttlSeconds: 3600 }),
  /** The policy that `auto` uses. */
  policy: z.string().default('default'),
  /** Regions outside which no request of this client may go. */
  regions: z.array(z.string()).optional(),
});
export type ClientInput = z.input<typeof clientInputSchema>;
export const clientSchema = clientInputSchema.extend({
  id: z.string(),
  createdAt: z.string(),
  disabledAt: z.string().optional(),
});
export type Client = z.infer<typeof clientSchema>;

/** `inference`: /v1; `admin`: everything under /api; `read`: the client's own decisions and usage. */
export const SCOPES = ['inference', 'read', 'admin'] as const;
export const keyInputSchema = z.strictObject({
  clientId: z.string(),
  name: z.string().trim().min(1).max(128).default('key'),
  scopes: z.array(z.enum(SCOPES)).min(1).default(['inference', 'read']),
  expiresAt: z.iso.datetime().optional(),
  /** Narrower than the client's; both apply. Only the per-minute limits exist per key. */
  limits: limitsSchema.pick({ requestsPerMinute: true, tokensPerMinute: true }).default({}),
});
export type KeyInput = z.input<typeof keyInputSchema>;
export const apiKeySchema = keyInputSchema.extend({
  id: z.string(),
  /** The first characters, to recognise a key by. */
  prefix: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().optional(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const ROLES = ['operator', 'client-owner', 'client-member', 'annotator', 'customer-success'] as const;
export type Role = (typeof ROLES)[number];
