import type { CandidateRecord, Decision } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { explainDecision, intervalOf, orderCandidates } from './explain-decision.ts';

const candidate = (modelId: string, change: Partial<CandidateRecord> = {}): CandidateRecord => ({
  modelId,
  overall: { mean: 0.8, spread: 0.05 },
  expectedCostNanoUsd: 1000,
  ...change,
});

const decision = {
  modelId: 'b',
  cost: { status: 'exact', nanoUsd: 1500 },
  bar: { minScores: { overall: 0.7 }, risk: 0.15 },
  candidates: [
    candidate('a', { expectedCostNanoUsd: 400, removedBy: 'min-score' }),
    candidate('b'),
    candidate('c', { expectedCostNanoUsd: 5000 }),
    { modelId: 'd', removedBy: 'context-length' },
  ],
  attempts: [{ outcome: 'failed' }, { outcome: 'answered' }],
} as unknown as Decision;

describe('the explanation of a decision', () => {
  it('counts who was considered, who was left and what removed the others', () => {
    expect(explainDecision(decision)).toMatchObject({
      considered: 4,
      inTheRunning: 2,
      removed: [
        { by: 'min-score', count: 1 },
        { by: 'context-length', count: 1 },
      ],
      bar: 0.7,
      costRatio: 1.5,
      failedAttempts: 1,
    });
  });
  it('names the cheaper ones that were passed over, not those without a price', () => {
    expect(explainDecision(decision).cheaper.map(({ modelId }) => modelId)).toEqual(['a']);
  });
  it('says nothing of a cost that nobody knows', () => {
    const unknown = { ...decision, cost: { status: 'unknown', why: 'no usage' } } as Decision;
    expect(explainDecision(unknown).costRatio).toBeUndefined();
  });
  it('orders the picture: served, in the running, removed', () => {
    expect(orderCandidates(decision).map(({ modelId }) => modelId)).toEqual(['b', 'c', 'a', 'd']);
  });
  it('keeps intervals on the scale', () => {
    expect(intervalOf({ mean: 0.98, spread: 0.1 })).toEqual({ low: 0.98 - 0.196, high: 1 });
  });
});
