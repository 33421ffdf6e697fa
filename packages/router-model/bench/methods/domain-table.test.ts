import { describe, expect, it } from 'vitest';
import { poolRow } from '../test-rows.ts';
import { domainTable } from './domain-table.ts';

const rowsOf = (domain: string, quality: number) =>
  Array.from({ length: 5 }, (_, n) => poolRow({ quality: [quality], costUsd: [1], domain, group: n }));
const TRAIN = [...rowsOf('easy', 1), ...rowsOf('hard', 0)];
const POOL = { name: 'made up', models: ['only'], rows: TRAIN };

describe('domainTable', () => {
  it('draws five rows of a domain halfway to the overall mean', async () => {
    const predict = await domainTable.fit(TRAIN, POOL);
    expect([...(await predict(poolRow({ quality: [0], costUsd: [1], domain: 'easy' })))]).toEqual([0.75]);
    expect([...(await predict(poolRow({ quality: [0], costUsd: [1], domain: 'hard' })))]).toEqual([0.25]);
  });

  it('falls back to the overall mean in a domain it has not seen', async () => {
    const predict = await domainTable.fit(TRAIN, POOL);
    expect([...(await predict(poolRow({ quality: [0], costUsd: [1], domain: 'new' })))]).toEqual([0.5]);
  });
});
