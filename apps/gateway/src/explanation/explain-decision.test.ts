import { sampleDecision } from '@pointsman/db/testing';
import { describe, expect, it } from 'vitest';
import { policyOf, recordOf } from '../replay/test/simulated-traffic.ts';
import { explainDecision } from './explain-decision.ts';

const drawn = (means: number[], costs: number[]) =>
  means.map((mean, index) => ({ mean, spread: 0.05, costNanoUsd: costs[index] ?? 0, latencyP95Ms: 700 }));
const record = recordOf(
  policyOf({ minScores: { overall: 0.75 } }),
  drawn([0.7, 0.85, 0.82, 0.95], [100, 400, 300, 3_000]),
);

describe('explaining a decision', () => {
  it('puts those in the running first, the cheapest first, and gives each estimate its interval', () => {
    const { candidates, counts } = explainDecision(record);
    expect(candidates.map(({ modelId }) => modelId)).toEqual(['b/medium', 'a/large', 'c/best', 'a/small']);
    expect(counts).toEqual({ considered: 4, weighed: 4, metBar: 3 });
    const [first, , best, small] = candidates;
    expect(first).toMatchObject({ isFirstChoice: true, answered: true });
    expect(first?.overall?.low).toBeCloseTo(0.82 - 1.96 * 0.05, 4);
    expect(best?.overall?.high).toBe(1);
    expect(small?.removal?.by).toBe('min-score');
    expect(small?.removal?.detail).toContain('risk');
  });

  it('names the cheaper model that was not safe enough, the next that was, and the strongest', () => {
    const { cheaperUnsafe, nextSafe, strongest } = explainDecision(record);
    expect(cheaperUnsafe).toMatchObject({ modelId: 'a/small', expectedCostNanoUsd: 100 });
    expect(cheaperUnsafe?.risk).toBeGreaterThan(0.15);
    expect(nextSafe).toMatchObject({ modelId: 'a/large', expectedCostNanoUsd: 400 });
    expect(strongest?.modelId).toBe('c/best');
  });

  it('says what a share of the best came to', () => {
    const shared = recordOf(policyOf({ minShareOfBest: 0.9 }), drawn([0.7, 0.85, 0.82, 0.95], [100, 400, 300, 3_000]));
    const { bar } = explainDecision(shared);
    expect(bar?.leastOverall).toBeCloseTo(0.855);
    expect(explainDecision(shared).candidates[0]?.modelId).toBe('c/best');
  });

  it('sets the cost against what was expected of the model that answered, and unknown is not zero', () => {
    const paid = { ...record, cost: { status: 'exact', nanoUsd: 450 } as const };
    expect(explainDecision(paid).cost).toEqual({ expectedNanoUsd: 300, actualNanoUsd: 450, ratio: 1.5 });
    const unknown = { ...record, cost: { status: 'unknown', why: 'no usage' } as const };
    expect(explainDecision(unknown).cost).toEqual({ expectedNanoUsd: 300, actualNanoUsd: undefined });
  });

  it('tells the first choice from the model that answered, and waiting from answering', () => {
    const [attempt] = sampleDecision(Date.parse(record.at)).attempts;
    if (attempt === undefined) throw new Error('the sample has an attempt');
    const fallback = {
      ...record,
      modelId: 'a/large',
      attempts: [
        { ...attempt, modelId: 'b/medium', outcome: 'failed' as const, totalMs: 200, queueMs: 150 },
        { ...attempt, modelId: 'a/large', totalMs: 1_000 },
      ],
      latency: { totalMs: 1_210, overheadMs: 10, predictMs: 2 },
    };
    const { firstChoice, candidates, latency } = explainDecision(fallback);
    expect(firstChoice).toBe('b/medium');
    expect(candidates.filter(({ answered }) => answered).map(({ modelId }) => modelId)).toEqual(['a/large']);
    expect(latency).toMatchObject({ totalMs: 1_210, providerMs: 1_050, queueMs: 150, overheadMs: 10 });
  });
});
