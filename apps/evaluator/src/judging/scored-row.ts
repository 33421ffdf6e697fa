import { z } from 'zod';

const sideSchema = z.enum(['a', 'b', 'tie']);

/** A judge's scores of one reply that people rated, or its choice between two, as a line of a file. */
export const scoredRowSchema = z.union([
  z.strictObject({
    judge: z.string().min(1),
    dimension: z.string().min(1),
    /** What the reply answers. */
    group: z.string(),
    system: z.string().optional(),
    samples: z.array(z.number()).min(1),
    ratings: z.array(z.number()).min(1),
    costUsd: z.number().nonnegative().optional(),
    latencyMs: z.number().nonnegative().optional(),
    features: z.record(z.string(), z.number()).optional(),
    isOwnFamily: z.boolean().optional(),
  }),
  z.strictObject({
    judge: z.string().min(1),
    dimension: z.string().min(1),
    group: z.string(),
    aFirst: sideSchema,
    bFirst: sideSchema,
    human: sideSchema.optional(),
  }),
]);
