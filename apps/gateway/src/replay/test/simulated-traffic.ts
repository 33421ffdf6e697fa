import {
  type CatalogModel,
  type Client,
  type Decision,
  DIMENSIONS,
  type DimensionScores,
  type ModelEstimate,
  type Policy,
  type PolicyInput,
  policySchema,
} from '@pointsman/contracts';
import { sampleDecision } from '@pointsman/db/testing';
import { type Candidate, chooseModel } from '@pointsman/router-model/choice';
import { sampleModel } from '../../../test/sample-model.ts';
import { constraintsOf } from '../../pipeline/constraints-of.ts';
import { barredBy } from '../../pipeline/list-candidates.ts';
import { type RecordedRequest, readRequest } from '../recorded-request.ts';
import { type ReplayGround, termsOf } from '../replay-ground.ts';
import { type ReplayedChoice, replayPolicy } from '../replay-policy.ts';

export const policyOf = (input: Omit<PolicyInput, 'name'> = {}): Policy => policySchema.parse({ name: 'p', ...input });

export const MODELS: readonly CatalogModel[] = [
  sampleModel({ id: 'a/small', provider: 'a', regions: ['us'] }),
  sampleModel({ id: 'a/large', provider: 'a', regions: ['us', 'eu'] }),
  sampleModel({ id: 'b/medium', provider: 'b', regions: ['eu'] }),
  sampleModel({ id: 'c/best', provider: 'c', regions: ['global'] }),
];

const CLIENT = { id: 'cli_1', name: 'Acme', policy: 'p' } as Client;
const NOW_MS = Date.UTC(2026, 10, 21, 12);

export const scoresOf = (mean: number, spread: number): DimensionScores =>
  Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, { mean, spread }])) as DimensionScores;

/** What the router would say of one model for one request. */
export type Drawn = { mean: number; spread: number; costNanoUsd: number; latencyP95Ms: number };

export const groundOf = (policy: Policy, over: Partial<ReplayGround> = {}): ReplayGround => ({
  client: CLIENT,
  models: MODELS,
  policy,
  policyChangedMs: undefined,
  seenEarlier: new Set(),
  averageOf: ({ id }): ModelEstimate => ({
    scores: scoresOf(id === 'c/best' ? 0.9 : 0.75, 0.1),
    outputTokens: 100,
    basis: 'benchmark-average',
  }),
  certificateOf: () => undefined,
  routerVersion: 'r1',
  ...over,
});

type Asked = Parameters<typeof constraintsOf>[0]['options'];

/** The record that routing a request under a policy leaves, by the steps that route. */
export function recordOf(policy: Policy, drawn: readonly Drawn[], asked: Asked = {}): Decision {
  const constraints = constraintsOf({ options: asked, providers: {}, maxPrice: {} }, policy, { client: CLIENT });
  const candidates = MODELS.map((model, index): Candidate => {
    const barred = barredBy(model, constraints);
    const { mean, spread, costNanoUsd, latencyP95Ms } = drawn[index] as Drawn;
    if (barred !== undefined) return { modelId: model.id, ...barred };
    const estimate: ModelEstimate = { scores: scoresOf(mean, spread), outputTokens: 100, basis: 'learned' };
    return { modelId: model.id, estimate, expectedCostNanoUsd: costNanoUsd, latencyP95Ms };
  });
  const choice = chooseModel(candidates, constraints.rules);
  const modelId = choice.kind === 'chosen' ? choice.plan[0] : undefined;
  const { minScores, risk, minShareOfBest } = constraints.rules;
  const sample = sampleDecision(NOW_MS, { policy: policy.name, bar: { minScores, risk, minShareOfBest } });
  const expected = candidates.find((candidate) => candidate.modelId === modelId)?.expectedCostNanoUsd ?? 0;
  const cost = { status: 'exact', nanoUsd: expected } as const;
  const { modelId: _model, provider: _provider, attempts, ...rest } = sample;
  return {
    ...rest,
    reason: choice.kind === 'chosen' ? choice.reason : 'not-routed',
    outcome: modelId === undefined ? 'refused' : 'answered',
    candidates: choice.considered.filter(({ removedBy }) => removedBy !== 'not-allowed'),
    cost,
    ...(modelId === undefined
      ? { attempts: [] }
      : { modelId, attempts: attempts.map((attempt) => ({ ...attempt, modelId, cost })) }),
  };
}

/** One recorded request under another policy than the one it was made under. */
export function replayOne(decision: Decision, policy: Policy, ground: ReplayGround): ReplayedChoice {
  const request: RecordedRequest = readRequest(decision, ground);
  const [choice] = replayPolicy([request], {
    terms: termsOf(policy, ground),
    present: termsOf(ground.policy, ground),
    ground,
  });
  return choice as ReplayedChoice;
}
