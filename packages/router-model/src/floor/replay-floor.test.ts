import { describe, expect, it } from 'vitest';
import { checkReplay } from './check-replay.ts';
import type { FloorRule } from './pick-for-floor.ts';
import { replayFloor, savingOf } from './replay-floor.ts';
import type { ReplayRequest } from './replay-request.ts';

const RULE: FloorRule = {
  kind: 'share-of-strongest',
  strongest: 'large',
  models: new Set(['small', 'middle', 'large']),
  leastFamiliarity: 0,
  thresholds: new Map([['legal', 0.8]]),
};
const FLOOR = { kind: 'share-of-strongest', share: 0.9, confidence: 0.95 } as const;

/** The small model was expected to be the cheapest and talked the most. */
const request: ReplayRequest = {
  group: 'a',
  domain: 'legal',
  familiarity: 1,
  candidates: [
    { model: 'small', mean: 0.8, spread: 0.1, costNanoUsd: 10, paidNanoUsd: 40, score: 0 },
    { model: 'middle', mean: 0.85, spread: 0.1, costNanoUsd: 30, paidNanoUsd: 20, score: 1 },
    { model: 'large', mean: 0.9, spread: 0.1, costNanoUsd: 100, score: 1 },
  ],
};

describe('a replay', () => {
  it('routes by what replies were expected to cost and counts what they did', () => {
    const outcomes = replayFloor([[request]], RULE, FLOOR);
    expect(outcomes).toMatchObject([{ routed: 0, strongest: 1, costNanoUsd: 40, strongestCostNanoUsd: 100 }]);
    expect(savingOf(outcomes)).toBeCloseTo(0.6, 12);
  });

  it('refuses a cost that is none', () => {
    const [first, ...others] = request.candidates;
    if (first === undefined) throw new Error('no candidates');
    const paid = (paidNanoUsd: number) => ({ ...request, candidates: [{ ...first, paidNanoUsd }, ...others] });
    expect(() => checkReplay([paid(0)])).not.toThrow();
    for (const cost of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => checkReplay([paid(cost)])).toThrow(/replay of group a: cost .* of small/);
    }
  });
});
