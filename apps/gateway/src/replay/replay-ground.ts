import type { CatalogModel, Client, ModelEstimate, Policy, Removal } from '@pointsman/contracts';
import { priceOn, priceText } from '@pointsman/model-catalog';
import type { FloorTerms, PolicyCertificate } from '@pointsman/router-model/choice';
import { floorTermsOf } from '@pointsman/router-model/choice';
import { overallScore } from '@pointsman/router-model/floor';
import { type Constraints, constraintsOf } from '../pipeline/constraints-of.ts';
import { barredBy } from '../pipeline/list-candidates.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** What past requests are replayed on: the world as it is now, but for what their records hold. */
export type ReplayGround = {
  client: Client;
  /** What `auto` chooses among. */
  models: readonly CatalogModel[];
  /** The policy as it is now, and when it last changed, in milliseconds since 1970. */
  policy: Policy;
  policyChangedMs: number | undefined;
  /** Models on record before it changed: no policy of then barred them. */
  seenEarlier: ReadonlySet<string>;
  /** A model's estimate whatever the request. */
  averageOf(model: CatalogModel): ModelEstimate;
  certificateOf(policy: string): PolicyCertificate | undefined;
  routerVersion: string;
};

/** A policy as it bears on a past request. */
export type ReplayTerms = {
  policy: Policy;
  /** Models it keeps from every request, by id. */
  barred: ReadonlyMap<string, { removedBy: Removal; detail: string }>;
  /** Price of a paced budget; 0 when nothing is paced. */
  scorePerNanoUsd: number;
};

const NOTHING_ASKED = { options: {}, providers: {}, maxPrice: {} };

export function termsOf(policy: Policy, ground: ReplayGround, scorePerNanoUsd = 0): ReplayTerms {
  const constraints = constraintsOf(NOTHING_ASKED, policy, ground);
  const barred = ground.models.flatMap((model) => {
    const removed = barredBy(model, constraints);
    return removed === undefined ? [] : [[model.id, removed] as const];
  });
  return { policy, barred: new Map(barred), scorePerNanoUsd };
}

/** The policy's rules, tightened by what the request asked of its own. */
export function rulesFor(request: RecordedRequest, terms: ReplayTerms, ground: ReplayGround): Constraints['rules'] {
  const ask = { ...NOTHING_ASKED, options: request.asked };
  return constraintsOf(ask, terms.policy, ground, terms.scorePerNanoUsd).rules;
}

/** How the policy's floor would stand for the request, by the certificate and the router of today; undefined without a floor. */
export function floorFor(
  request: RecordedRequest,
  { policy }: ReplayTerms,
  ground: ReplayGround,
): FloorTerms | undefined {
  const { floor } = policy;
  if (floor === undefined) return undefined;
  return floorTermsOf({
    policy: { ...policy, floor },
    certificate: ground.certificateOf(policy.name),
    prediction: {
      routerVersion: ground.routerVersion,
      failed: request.reason === 'router-unavailable',
      domain: request.domain,
      familiarity: request.familiarity,
    },
    priceOf: (modelId) => {
      const model = ground.models.find(({ id }) => id === modelId);
      const price = model && priceOn(model, request.at);
      return price && priceText(price);
    },
  });
}

/** Its overall score on average, by which the strongest model is told. */
export const blindMeanOf = (model: CatalogModel, policy: Policy, ground: ReplayGround): number =>
  overallScore(ground.averageOf(model).scores, policy.weights).mean;
