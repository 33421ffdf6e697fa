import { describe, expect, it } from 'vitest';
import type { Pool, PoolRow } from '../data/pool.ts';
import type { RoutingMethod } from '../methods/routing-method.ts';
import { poolRow } from '../test-rows.ts';
import { groupFolds } from './folds.ts';
import { type HoldOutOptions, holdOut, ZERO_ROUTER } from './hold-out.ts';

/** Hard requests say so; only the dear model answers them. */
const ROWS = Array.from({ length: 400 }, (_, n) =>
  poolRow({
    quality: n % 4 === 0 ? [0, 1] : [1, 1],
    costUsd: [1, 10],
    text: n % 4 === 0 ? 'hard' : 'easy',
    group: Math.imul(n + 1, 2_654_435_761),
  }),
);
const POOL: Pool = { name: 'made up', models: ['cheap', 'dear'], rows: ROWS };
const FOLD = groupFolds(POOL, 4, 1)[0] ?? { name: '', train: [], test: [] };

function run(tuning: HoldOutOptions['tuning']) {
  const fittedOn: (readonly PoolRow[])[] = [];
  const reader: RoutingMethod = {
    name: 'reader',
    fit: (train) => {
      fittedOn.push(train);
      return ({ row }) => Float64Array.of(row.prompt.text === 'hard' ? 0 : 1, 1);
    },
  };
  const prediction = {
    means: new Float64Array(2),
    spreads: new Float64Array(2),
    kinds: new Float64Array(1),
    familiarity: 1,
    kindsOnlyMeans: new Float64Array(2),
  };
  const ours = () => async () => prediction;
  return holdOut(POOL, FOLD, { methods: [reader], ours, seed: 1, tuning }).then((result) => ({ result, fittedOn }));
}

describe('holdOut', () => {
  it('knows the strongest and the cheapest model from training rows', async () => {
    const { result } = await run('none');
    expect(result).toMatchObject({ strongest: 1, cheapest: 0 });
    expect(result.ours).toHaveLength(FOLD.test.length);
  });

  it('never fits on a test row or on the near-duplicate of one', async () => {
    const { fittedOn } = await run('refitted');
    const tested = new Set(FOLD.test.map(({ group }) => group));
    expect(fittedOn.flat().some(({ group }) => tested.has(group))).toBe(false);
  });

  it('fits once on all training rows when nothing is fixed, and a second time to fix trade-offs', async () => {
    expect((await run('none')).fittedOn).toEqual([FOLD.train]);
    const [first, second] = (await run('refitted')).fittedOn;
    expect(first?.length).toBeLessThan(0.85 * FOLD.train.length);
    expect(second).toBe(FOLD.train);
  });

  it('keeps a quarter of the training rows back for good where fits are dear', async () => {
    const [first, second] = (await run('held back')).fittedOn;
    expect(first).toBe(second);
  });

  it('fixes trade-offs that meet their target at least cost', async () => {
    const { result } = await run('refitted');
    const [full] = result.methods.get('reader')?.fixed ?? [];
    const { settings, data } = result.methods.get('reader')?.picks ?? { settings: 1, data: new Uint8Array() };
    // All of the strongest model's quality: the dear model for hard requests and no other.
    const picks = FOLD.test.map((_, r) => data[r * settings + (full?.high ?? 0)]);
    expect(picks).toEqual(FOLD.test.map(({ row }) => (row.prompt.text === 'hard' ? 1 : 0)));
    expect(full?.share).toBeCloseTo(1);
  });

  it('mixes the two models blindly in the zero router', async () => {
    const { result } = await run('refitted');
    const mix = result.methods.get(ZERO_ROUTER)?.fixed[1];
    expect(mix).toMatchObject({ low: 0, high: 1 });
    // 99 % of 1 from about 0.75 and 1.
    expect(mix?.share).toBeGreaterThan(0.94);
    expect(mix?.share).toBeLessThan(0.98);
  });
});
