import { DIMENSIONS, type Floor, type FloorWhy } from '@pointsman/contracts';
import { z } from 'zod';
import { certificateSchema } from './floor/certificate.ts';
import type { DimensionWeights } from './overall-score.ts';

const weightsSchema = z.partialRecord(z.enum(DIMENSIONS), z.number().nonnegative());

/** A certificate as it is stored: with what else the replayed picks depended on. */
export const issuedCertificateSchema = z.object({
  certificate: certificateSchema,
  /** The policy's weights of the dimensions in the overall score. */
  weights: weightsSchema,
  /** The price of each model of the pool, as a text that changes with it. */
  prices: z.record(z.string(), z.string()),
});
export type IssuedCertificate = z.infer<typeof issuedCertificateSchema>;

/** What a certificate must have been issued for to hold now. */
export type CertificateConditions = {
  floor: Floor;
  weights: DimensionWeights;
  routerVersion: string;
  /** As a text that changes with it; undefined for a model that is gone or has none: the strongest then stands in. */
  priceOf(model: string): string | undefined;
};

/** Why an active certificate does not hold under these conditions; undefined when it does. */
export function whyNotInForce(issued: IssuedCertificate, now: CertificateConditions): FloorWhy | undefined {
  const { certificate, weights, prices } = issued;
  if (!isSameFloor(certificate.floor, now.floor) || !areSameWeights(weights, now.weights)) return 'policy-changed';
  if (certificate.routerVersion !== now.routerVersion) return 'other-router';
  const hasMoved = Object.entries(prices).some(([model, price]) => (now.priceOf(model) ?? price) !== price);
  return hasMoved ? 'prices-changed' : undefined;
}

function isSameFloor(a: Floor, b: Floor): boolean {
  const scoreOf = (floor: Floor) => (floor.kind === 'share-below' ? floor.score : undefined);
  return a.kind === b.kind && a.share === b.share && a.confidence === b.confidence && scoreOf(a) === scoreOf(b);
}

function areSameWeights(a: DimensionWeights, b: DimensionWeights): boolean {
  return DIMENSIONS.every((dimension) => (a[dimension] ?? 0) === (b[dimension] ?? 0));
}
