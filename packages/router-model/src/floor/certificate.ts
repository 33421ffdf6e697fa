import { z } from 'zod';
import { floorSchema } from './floor.ts';
import type { FloorRule } from './pick-for-floor.ts';

const intervalSchema = z.union([
  z.object({ estimate: z.number(), low: z.number(), high: z.number(), confidence: z.number(), n: z.int() }),
  z.object({ tooFew: z.literal(true), n: z.int() }),
]);

/** What live traffic is compared with; each group counts once. */
const referenceSchema = z.object({
  /** Groups per domain, in the order of the part's domains; a group of several domains is divided among them. */
  domains: z.array(z.number().nonnegative()),
  /** Groups per familiarity bin; `edges` are the deciles, a value on an edge is above it. */
  familiarity: z.object({ edges: z.array(z.number()), counts: z.array(z.number().nonnegative()) }),
});
export type Reference = z.infer<typeof referenceSchema>;

/** Domains that share one threshold, for which the promise holds together. */
const partSchema = z.object({
  domains: z.array(z.string()).min(1),
  /** Absent: the strongest answers. */
  threshold: z.number().optional(),
  /** Probability, at most, that the promise is broken in this part. */
  level: z.number(),
  groups: z.int().positive(),
  requests: z.int().positive(),
  /** Share of the strongest model's quality, or of requests below the score, on the calibration data. */
  delivered: z.number(),
  /** The share of the strongest's quality at least, of requests below the score at most; for this threshold alone. */
  bound: z.number(),
  /** Share of the strongest model's cost. */
  saving: z.number(),
  reference: referenceSchema,
});
export type CertificatePart = z.infer<typeof partSchema>;

/** Proof that a way to route keeps a floor on traffic like the calibration data, and until when to believe it. */
export const certificateSchema = z.object({
  format: z.literal(1),
  floor: floorSchema,
  /** `mixture`: one promise for the calibration data's mix of domains; `per-domain`: one for each certified domain. */
  scope: z.enum(['mixture', 'per-domain']),
  strongest: z.string(),
  /** The pool; a model that joins later is not picked, one that leaves sends its requests to the strongest. */
  models: z.array(z.string()).min(1),
  /** Less familiar requests go to the strongest. */
  leastFamiliarity: z.number(),
  parts: z.array(partSchema).min(1),
  /** Independent groups of near-duplicates, and requests in them, replayed. */
  groups: z.int().positive(),
  requests: z.int().positive(),
  /** On all calibration data, each group counting once; intervals at the floor's confidence, after the choice of threshold. */
  measured: z.object({
    delivered: intervalSchema,
    quality: intervalSchema,
    strongestQuality: intervalSchema,
    saving: intervalSchema,
    /** Per request. */
    costNanoUsd: z.int().nonnegative(),
    strongestCostNanoUsd: z.int().nonnegative(),
  }),
  assumptions: z.array(z.string()),
  data: z.object({ hash: z.string(), from: z.iso.datetime().optional(), to: z.iso.datetime().optional() }),
  routerVersion: z.string(),
  issuedAt: z.iso.datetime(),
});
export type Certificate = z.infer<typeof certificateSchema>;

type Routing = Pick<Certificate, 'floor' | 'strongest' | 'models' | 'leastFamiliarity' | 'parts'>;

/** How to route under a certificate; make it once, not per request. */
export function floorRuleOf({ floor, strongest, models, leastFamiliarity, parts }: Routing): FloorRule {
  const thresholds = parts.flatMap(({ domains, threshold }) => domains.map((domain) => [domain, threshold] as const));
  return { kind: floor.kind, strongest, models: new Set(models), leastFamiliarity, thresholds: new Map(thresholds) };
}
