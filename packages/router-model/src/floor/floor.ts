import { z } from 'zod';

const shareSchema = z.number().gt(0).lt(1);
/** Probability, over the calibration data drawn, that a certificate issued for the floor is right. */
const confidenceSchema = z.number().gt(0).lt(1);

/** What a policy promises about quality. All shares are of requests or of quality, in (0, 1). */
export const floorSchema = z.discriminatedUnion('kind', [
  /** The mean score is at least `share` of what the strongest model alone would have got. */
  z.object({ kind: z.literal('share-of-strongest'), share: shareSchema, confidence: confidenceSchema }),
  /** At most `share` of the requests score below `score`. */
  z.object({
    kind: z.literal('share-below'),
    score: z.number().gt(0).lte(1),
    share: shareSchema,
    confidence: confidenceSchema,
  }),
]);
export type Floor = z.infer<typeof floorSchema>;
