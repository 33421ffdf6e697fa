import { describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { openBench } from '../bench.ts';
import type { Onboard } from '../methods/onboarding.ts';
import { reportOnboarding } from './onboarding.ts';

const DEFINITIONS = new Map([['toy', { src: ['left'], models: ['small', 'large'] }]]);
const BENCH = openBench(DEFINITIONS, async (source) => syntheticRows(1_200, 3).filter((row) => row.source === source), {
  folds: 2,
  seed: 1,
  training: SMALL_TRAINING,
});
const INPUT = {
  bench: BENCH,
  holdOutAll: async () => [],
  options: { resamples: 10, pools: ['toy'], unseen: [], onProgress: () => undefined },
};

/** Takes a newcomer to be as good everywhere as its answers were on the whole. */
const averaging: Onboard = async () => ({
  choose: (candidates, _, count) => Array.from({ length: count }, (__, n) => candidates.length - 1 - n),
  learn: (answers) => {
    const mean = answers.reduce((sum, { quality }) => sum + quality, 0) / answers.length;
    return () => mean;
  },
});

describe('reportOnboarding', () => {
  it('measures every model as the newcomer, with few answers and with all', async () => {
    const { data, markdown } = await reportOnboarding(INPUT, averaging);
    const parts = data as { model: string; choice: string; answers: number; abilityError: number }[];
    const train = BENCH.folds((await BENCH.pool('toy')) ?? { name: '', models: [], rows: [] }, 'cross-validated')[0]
      ?.train;
    const counts = parts
      .filter(({ model, choice }) => model === 'small' && choice === 'random')
      .map(({ answers }) => answers);
    expect(counts.slice(0, 3)).toEqual([10, 30, 100]);
    const everything = parts.filter(({ choice }) => choice === 'all');
    expect(everything.map(({ model, answers }) => ({ model, answers }))).toEqual([
      { model: 'small', answers: train?.length },
      { model: 'large', answers: train?.length },
    ]);
    // One mean for topics on which the small model scores 0.11 to 0.64 is off by about a fifth.
    expect(everything[0]?.abilityError).toBeGreaterThan(0.1);
    expect(everything[0]?.abilityError).toBeLessThan(0.3);
    expect(markdown).not.toContain('NaN');
  });

  it('says that nothing was measured where the router cannot onboard', async () => {
    expect((await reportOnboarding(INPUT, undefined)).markdown).toContain('Not yet measured');
  });
});
