import { z } from 'zod';

/** A normal distribution, as mean and variance; here always of something in log odds. */
export const normalSchema = z.object({ mean: z.number(), variance: z.number().nonnegative() });
export type Normal = z.infer<typeof normalSchema>;
