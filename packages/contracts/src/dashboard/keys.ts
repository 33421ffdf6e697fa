import { z } from 'zod';
import { apiKeySchema, LONGEST_GRACE_DAYS } from '../clients.ts';

/** A key as it is listed: never its secret. */
export const listedKeySchema = apiKeySchema.extend({
  /** UTC day of its last request; absent when it has none. */
  lastUsedOn: z.iso.date().optional(),
});
export type ListedKey = z.infer<typeof listedKeySchema>;

/** A key whose secret is shown this once. */
export const issuedKeySchema = z.object({
  key: apiKeySchema,
  secret: z.string().describe('Shown this once; only its hash is stored.'),
});
export type IssuedKey = z.infer<typeof issuedKeySchema>;

export const rotateKeySchema = z.strictObject({
  graceDays: z
    .number()
    .min(0)
    .max(LONGEST_GRACE_DAYS)
    .default(1)
    .describe('Days for which the old secret goes on working; 0 ends it at once'),
});
export type RotateKey = z.input<typeof rotateKeySchema>;
