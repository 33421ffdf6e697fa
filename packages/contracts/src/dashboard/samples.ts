import { z } from 'zod';

/** How many redacted samples are stored for a client. */
export const storedSamplesSchema = z.object({
  stored: z.int().nonnegative(),
  /** Absent when there is none. */
  oldestAt: z.iso.datetime().optional(),
});
export type StoredSamples = z.infer<typeof storedSamplesSchema>;
