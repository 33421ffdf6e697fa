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

/** What became of a policy's floor on one request. */
export const FLOOR_OUTCOMES = [
  /** Routed as the certificate was issued for. */
  'certified',
  /** What the certificate asks for could not be had; its strongest model stood in. */
  'escalated',
  /** Nothing is promised for this request. */
  'uncertified',
] as const;

/** Why the strongest model, or nothing that is promised, was taken: the closed list. */
export const FLOOR_WHYS = [
  /** The request is unlike the data the certificate stands on. */
  'unfamiliar',
  /** Its domain is not among those certified for anything cheaper. */
  'domain-not-certified',
  /** What the certificate asks for cannot serve this request; the candidate's removal says why. */
  'pick-cannot-serve',
  /** A model of the certified pool has no estimate or price here, so that what the certificate asks for is not known. */
  'pool-incomplete',
  /** The strongest model is asked for and cannot serve. */
  'strongest-cannot-serve',
  /** No certificate was ever issued for this policy. */
  'no-certificate',
  /** The last certificate has expired; it says why. */
  'expired',
  /** It was issued for another artefact of the router than the one that serves. */
  'other-router',
  /** It was issued for another floor or other weights than the policy has now. */
  'policy-changed',
  /** It was issued at other prices. */
  'prices-changed',
  /** The router model failed or was late. */
  'prediction-failed',
  /** A tool loop keeps its model. */
  'tool-loop',
  /** The first choice failed; a later one of the plan answered. */
  'fallback',
] as const;

export const floorRecordSchema = z.object({
  /** The certificate in force; absent when there is none. */
  certificateId: z.string().optional(),
  outcome: z.enum(FLOOR_OUTCOMES),
  why: z.enum(FLOOR_WHYS).optional(),
});
export type FloorRecord = z.infer<typeof floorRecordSchema>;
export type FloorWhy = (typeof FLOOR_WHYS)[number];
