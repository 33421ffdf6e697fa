import type { CandidateRecord, Decision } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDecision } from '../testing/arbitrary-decision.ts';
import { sampleDecision } from '../testing/sample-decision.ts';
import { decisionFacts } from './decision-facts.ts';

const AT = Date.UTC(2026, 10, 21, 12);

const candidate = (name: string, mean: number, changes: Partial<CandidateRecord> = {}): CandidateRecord => ({
  modelId: `a/${name}`,
  overall: { mean, spread: 0.1 },
  risk: 0.1,
  expectedCostNanoUsd: 100_000,
  ...changes,
});

/** Served by `a/middle`, which cost twice what was expected. */
const decision = (candidates: CandidateRecord[], changes: Partial<Decision> = {}): Decision =>
  sampleDecision(AT, { modelId: 'a/middle', candidates, cost: { status: 'exact', nanoUsd: 400_000 }, ...changes });

const MIDDLE = candidate('middle', 0.8, { expectedCostNanoUsd: 200_000, risk: 0.05 });
const STRONG = candidate('strong', 0.9, { expectedCostNanoUsd: 1_000_000, risk: 0.01 });
const CHEAP = candidate('cheap', 0.7, { removedBy: 'min-score', risk: 0.6 });

describe('the facts of a decision', () => {
  it('are the estimates of the model that served', () => {
    expect(decisionFacts(decision([CHEAP, MIDDLE, STRONG]))).toMatchObject({
      qualityBp: 8000,
      qualitySpreadBp: 1000,
      undersizedBp: 500,
    });
  });

  it('hold the probability that a cheaper model would have done, of the likeliest one', () => {
    const likelier = candidate('likelier', 0.75, { removedBy: 'min-score', risk: 0.3 });
    expect(decisionFacts(decision([CHEAP, MIDDLE])).oversizedBp).toBe(4000);
    expect(decisionFacts(decision([CHEAP, likelier, MIDDLE])).oversizedBp).toBe(7000);
    expect(decisionFacts(decision([MIDDLE, STRONG])).oversizedBp).toBe(0);
  });

  it('do not count a cheaper model that could not serve', () => {
    const unable: CandidateRecord = { modelId: 'a/unable', expectedCostNanoUsd: 1, removedBy: 'tools' };
    expect(decisionFacts(decision([unable, MIDDLE])).oversizedBp).toBe(0);
  });

  it('say nothing of size where the policy has no minimum score', () => {
    for (const bar of [
      undefined,
      { minScores: {}, risk: 0.15, minShareOfBest: 0.98 },
      { minScores: { overall: 0 }, risk: 0.1 },
    ]) {
      expect(decisionFacts(decision([CHEAP, MIDDLE], { bar }))).toMatchObject({
        qualityBp: 8000,
        oversizedBp: null,
        undersizedBp: null,
      });
    }
  });

  it('scale what was paid to the strongest model that could serve', () => {
    expect(decisionFacts(decision([CHEAP, MIDDLE, STRONG]))).toMatchObject({
      strongestCostNanoUsd: 2_000_000,
      strongestMissMicroUsd: 1000,
    });
    expect(decisionFacts(decision([CHEAP, MIDDLE]))).toMatchObject({
      strongestCostNanoUsd: 400_000,
      strongestMissMicroUsd: 0,
    });
  });

  it("take the strongest's expected cost where the served model is free", () => {
    const free = { ...MIDDLE, expectedCostNanoUsd: 0 };
    const facts = decisionFacts(decision([free, STRONG], { cost: { status: 'exact', nanoUsd: 0 } }));
    expect(facts.strongestCostNanoUsd).toBe(1_000_000);
  });

  it('do not know what the strongest would have cost where nobody knows what was paid', () => {
    const cost = { status: 'unknown', why: 'no usage' } as const;
    expect(decisionFacts(decision([MIDDLE, STRONG], { cost }))).toMatchObject({
      qualityBp: 8000,
      strongestCostNanoUsd: null,
    });
  });

  it('are unknown, never zero, of named models, cached replies, failures and refusals', () => {
    const unknown = [
      decision([{ modelId: 'a/middle', expectedCostNanoUsd: 200_000 }], { reason: 'requested-model' }),
      decision([], { outcome: 'cached', reason: 'cache-hit' }),
      decision([MIDDLE, STRONG], { outcome: 'failed' }),
      decision([MIDDLE, STRONG], { outcome: 'refused', modelId: undefined }),
    ];
    for (const each of unknown) expect(new Set(Object.values(decisionFacts(each)))).toEqual(new Set([null]));
  });

  it('fit their columns, whatever was decided', () => {
    fc.assert(
      fc.property(arbitraryDecision(AT, AT + 1000), (any) => {
        const { strongestCostNanoUsd, strongestMissMicroUsd, ...points } = decisionFacts(any);
        for (const point of Object.values(points)) {
          if (point !== null) expect(Number.isInteger(point) && point >= 0 && point <= 32_767).toBe(true);
        }
        expect(Number.isSafeInteger(strongestCostNanoUsd ?? 0)).toBe(true);
        expect(strongestMissMicroUsd ?? 0).toBeLessThan(2 ** 31);
      }),
    );
  });
});
