import { findClient, findPolicy, showCatalog } from '@pointsman/administration';
import {
  type CatalogModel,
  type ChatRequest,
  type ModelEstimate,
  maxCostNanoUsd,
  type Policy,
} from '@pointsman/contracts';
import { countRequestTokens, expectedCost, priceOn, priceText } from '@pointsman/model-catalog';
import {
  type Candidate,
  type Choice,
  chooseModel,
  type FloorTerms,
  floorTermsOf,
  type PolicyCertificate,
  readPolicyCertificate,
} from '@pointsman/router-model/choice';
import { overallScore } from '@pointsman/router-model/floor';
import { policyModels } from '../certification/policy-models.ts';
import type { Session } from '../command-context.ts';

export type ExplainInput = {
  request: ChatRequest;
  policy: string;
  client?: string | undefined;
  /** Patterns of the models to choose among, of those the policy allows. */
  among?: readonly string[] | undefined;
  /** UTC day whose prices hold. */
  day: string;
};

/** What the choice for a request stands on, before anything is predicted. */
export type ExplainGround = {
  policy: Policy;
  models: CatalogModel[];
  certificate: PolicyCertificate | undefined;
  inputTokens: number;
  day: string;
};

export async function groundOf({ repositories, configuration }: Session, input: ExplainInput): Promise<ExplainGround> {
  const { request, client, among, day } = input;
  const owner = client === undefined ? undefined : await findClient(repositories, client);
  const policy = await findPolicy(repositories, { client, name: input.policy });
  const { catalog } = await showCatalog(repositories);
  const models = policyModels({ catalog, configuration, policy, regions: owner?.regions, among, day });
  if (models.length === 0)
    throw new Error(`No model is on that the policy "${policy.name}" allows; see pointsman catalog show --enabled`);
  const latest = policy.floor === undefined ? [] : await repositories.certificates.latest();
  const own = latest.filter((stored) => stored.policy === policy.name);
  const stored = own.find(({ clientId }) => clientId === owner?.id) ?? own.find(({ clientId }) => clientId === null);
  return {
    policy,
    models,
    certificate: stored && readPolicyCertificate(stored),
    inputTokens: countRequestTokens(request),
    day,
  };
}

/** What the router said of the request. */
export type Reading = {
  routerVersion: string;
  domain: string | undefined;
  familiarity: number;
  estimateOf(model: CatalogModel): ModelEstimate;
  blindEstimateOf(model: CatalogModel): ModelEstimate;
};

/**
 * The choice the gateway would make, by the same rule. What it sees only live takes no part: capabilities the request asks
 * for, health, latency, sessions, the paced budget, and a request's own limits.
 */
export function chooseForRequest(ground: ExplainGround, reading: Reading): Choice {
  const { policy, models, inputTokens, day } = ground;
  const candidates = models.map((model): Candidate => {
    const estimate = reading.estimateOf(model);
    const price = priceOn(model, day);
    return {
      modelId: model.id,
      estimate,
      expectedCostNanoUsd:
        price && expectedCost(price, { inputTokens, outputTokens: Math.ceil(estimate.outputTokens) }),
      blindMean: overallScore(reading.blindEstimateOf(model).scores, policy.weights).mean,
    };
  });
  return chooseModel(candidates, {
    kind: policy.kind,
    risk: policy.risk,
    weights: policy.weights,
    strict: policy.strict,
    minShareOfBest: policy.minShareOfBest,
    minScores: policy.minScores,
    maxCostNanoUsd: maxCostNanoUsd(policy.maxCostUsd),
    maxLatencyMs: policy.maxLatencyMs,
    scorePerNanoUsd: 0,
    floor: floorTerms(ground, reading),
  });
}

function floorTerms({ policy, models, certificate, day }: ExplainGround, reading: Reading): FloorTerms | undefined {
  if (policy.floor === undefined) return undefined;
  const { routerVersion, domain, familiarity } = reading;
  return floorTermsOf({
    policy: { ...policy, floor: policy.floor },
    certificate,
    prediction: { routerVersion, failed: false, domain, familiarity },
    priceOf: (modelId) => {
      const model = models.find(({ id }) => id === modelId);
      const price = model && priceOn(model, day);
      return price && priceText(price);
    },
  });
}
