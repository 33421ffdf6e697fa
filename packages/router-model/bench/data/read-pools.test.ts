import { describe, expect, it } from 'vitest';
import type { TrainingRow } from '../../src/rows.ts';
import { poolRow } from '../test-rows.ts';
import { readPool } from './read-pools.ts';

const rowWith = (observations: TrainingRow['observations']): TrainingRow => ({
  ...poolRow({ quality: [], costUsd: [] }).row,
  observations,
});
const observed = (model: string, quality: number, costNanoUsd: number | undefined) => ({
  model,
  scores: { relevance: quality, coherence: quality },
  costNanoUsd,
});
const DEFINITION = { src: ['made-up'], models: ['small', 'large'], alias: { large: ['large-v2', 'large-v1'] } };

describe('readPool', () => {
  it('takes the first alias a row has and calls it by the pool’s name', async () => {
    const row = rowWith([observed('large-v1', 0.1, 9), observed('small', 0.5, 1e9), observed('large-v2', 0.75, 4e9)]);
    const { rows } = await readPool('made up', DEFINITION, async () => [row]);
    expect(rows[0]?.quality).toEqual(Float64Array.of(0.5, 0.75));
    expect(rows[0]?.costUsd).toEqual(Float64Array.of(1, 4));
    expect(rows[0]?.row.observations.map(({ model, scores }) => ({ model, scores }))).toEqual([
      { model: 'small', scores: { factual_accuracy: 0.5 } },
      { model: 'large', scores: { factual_accuracy: 0.75 } },
    ]);
  });

  it('leaves out rows that not every model of the pool answered, or whose cost is unknown', async () => {
    const rows = [
      rowWith([observed('small', 1, 1)]),
      rowWith([observed('small', 1, 1), observed('large-v1', 1, undefined)]),
    ];
    expect((await readPool('made up', DEFINITION, async () => rows)).rows).toEqual([]);
  });
});
