import { type MinScores, maxCostNanoUsd, type Policy, type RequestOptions } from '@pointsman/contracts';
import type { ChoiceRules } from '@pointsman/router-model/choice';
import type { Caller } from './authenticate.ts';
import type { ParsedChatRequest } from './parse-chat-request.ts';

/** Everything that bounds the choice for one request: the policy, the client and the request together. */
export type Constraints = {
  rules: ChoiceRules;
  /** Each list must match: the policy's, the request's. Patterns of catalogue ids. */
  allowLists: readonly (readonly string[])[];
  denied: readonly string[];
  /** Each list must hold one of the model's regions: the client's, the policy's, the request's. */
  regionLists: readonly (readonly string[])[];
  providers: ParsedChatRequest['providers'];
  maxPrice: ParsedChatRequest['maxPrice'];
};

type Ask = Pick<ParsedChatRequest, 'options' | 'providers' | 'maxPrice'> & {
  /** Models the router is to choose among (OpenRouter's `models` beside `auto`); empty: among all. */
  among?: readonly string[] | undefined;
};

/** A request can tighten what its client's policy says, never loosen it. */
export function constraintsOf(
  ask: Ask,
  policy: Policy,
  caller: Pick<Caller, 'client'>,
  scorePerNanoUsd = 0,
): Constraints {
  const { options } = ask;
  return {
    rules: {
      kind: policy.kind,
      risk: policy.risk,
      weights: policy.weights,
      strict: policy.strict,
      minShareOfBest: policy.minShareOfBest,
      minScores: higher(policy.minScores, options.min_score),
      maxCostNanoUsd: lower(maxCostNanoUsd(policy.maxCostUsd), maxCostNanoUsd(options.max_cost_usd)),
      maxLatencyMs: lower(policy.maxLatencyMs, options.max_latency_ms),
      scorePerNanoUsd,
    },
    allowLists: [policy.allowedModels, options.models, nonEmpty(ask.among)].filter((list) => list !== undefined),
    denied: policy.deniedModels,
    regionLists: [
      caller.client.regions,
      policy.regions,
      options.region === undefined ? undefined : [options.region],
    ].filter((list) => list !== undefined),
    providers: ask.providers,
    maxPrice: ask.maxPrice,
  };
}

const nonEmpty = (list: readonly string[] | undefined) => (list?.length === 0 ? undefined : list);

const lower = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

function higher(policy: MinScores, asked: RequestOptions['min_score']): MinScores {
  if (asked === undefined) return policy;
  const wanted: MinScores = typeof asked === 'number' ? { overall: asked } : asked;
  const merged: MinScores = { ...policy };
  for (const [name, value] of Object.entries(wanted) as [keyof MinScores, number][]) {
    merged[name] = Math.max(merged[name] ?? 0, value);
  }
  return merged;
}
