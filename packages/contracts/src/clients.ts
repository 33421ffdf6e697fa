import { z } from 'zod';
import { MOST_USD } from './money.ts';

/** Limits of a client or key. Absent means unlimited: a budget bites only when somebody set it. */
export const limitsSchema = z.strictObject({
  requestsPerMinute: z.int().positive().optional().describe('Unlimited when absent'),
  tokensPerMinute: z.int().positive().optional().describe('Input and output tokens; unlimited when absent'),
  budgetDayUsd: z.number().positive().max(MOST_USD).optional().describe('Dollars per UTC day; unlimited when absent'),
  budgetMonthUsd: z
    .number()
    .positive()
    .max(MOST_USD)
    .optional()
    .describe('Dollars per UTC month; unlimited when absent'),
});
export type Limits = z.infer<typeof limitsSchema>;

/** Which answered requests of a client are kept, redacted, for people to rate. */
export const samplingSchema = z.strictObject({
  share: z.number().min(0).max(1).describe('Share of the answered requests that is kept, 0 to 1'),
  retentionDays: z.int().min(1).max(90).describe('Days after which a sample is erased'),
});
export type Sampling = z.infer<typeof samplingSchema>;

export const clientInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(128),
  limits: limitsSchema.default({}),
  cache: z
    .strictObject({ enabled: z.boolean(), ttlSeconds: z.int().positive().max(2_592_000) })
    .default({ enabled: false, ttlSeconds: 3600 })
    .describe('The exact cache of replies: off unless asked for'),
  policy: z.string().default('default').describe('The policy that auto uses'),
  regions: z.array(z.string()).optional().describe('Regions outside which no request of this client may go'),
  sampling: samplingSchema
    .optional()
    .describe('Keeps a share of prompts and replies, redacted, for people to rate; absent: none is ever stored'),
});
export type ClientInput = z.input<typeof clientInputSchema>;
export const clientSchema = clientInputSchema.extend({
  id: z.string(),
  createdAt: z.string(),
  disabledAt: z.string().optional(),
});
export type Client = z.infer<typeof clientSchema>;

/** What a key may do; `keyInputSchema` says what each means. A key may hold `admin` only if an operator issued it. */
export const SCOPES = ['inference', 'read', 'admin'] as const;
export const keyInputSchema = z.strictObject({
  clientId: z.string(),
  name: z.string().trim().min(1).max(128).default('key'),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .default(['inference', 'read'])
    .describe("inference: /v1; read: its own client's decisions and usage; admin: everything, of every client"),
  expiresAt: z.iso.datetime().optional().describe('Never when absent'),
  limits: limitsSchema
    .pick({ requestsPerMinute: true, tokensPerMinute: true })
    .default({})
    .describe("Narrower than the client's; both apply"),
});
export type KeyInput = z.input<typeof keyInputSchema>;
export const apiKeySchema = keyInputSchema.extend({
  id: z.string(),
  /** The first characters, to recognise a key by. */
  prefix: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().optional(),
  /** The secret before the last rotation, while it still works. */
  previous: z.object({ prefix: z.string(), until: z.string() }).optional(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** What may change of a key that is in use; null lifts, what is absent stays. */
export const keyPatchSchema = z.strictObject({
  name: keyInputSchema.shape.name.unwrap().optional(),
  expiresAt: z.iso.datetime().nullable().optional(),
  limits: z
    .strictObject({
      requestsPerMinute: limitsSchema.shape.requestsPerMinute.nullable(),
      tokensPerMinute: limitsSchema.shape.tokensPerMinute.nullable(),
    })
    .optional(),
});
export type KeyPatch = z.infer<typeof keyPatchSchema>;

/** Days for which the old secret of a rotated key may go on working. */
export const LONGEST_GRACE_DAYS = 7;

export const ROLES = ['operator', 'client-owner', 'client-member', 'annotator', 'customer-success'] as const;
export type Role = (typeof ROLES)[number];
