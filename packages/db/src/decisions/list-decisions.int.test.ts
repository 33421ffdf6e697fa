import type { Decision } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { sampleDecision } from '../testing/sample-decision.ts';
import { useTestDatabase } from '../testing/use-test-database.ts';
import type { DecisionFilter } from './decision-conditions.ts';
import { decisionsRepository } from './decisions.ts';

const test = useTestDatabase();
const NOON = Date.UTC(2026, 10, 21, 12);

const ids = (decisions: readonly Decision[]): string[] => decisions.map(({ id }) => id);

/** Decisions of one client, one a minute, each with the changes of its place. */
async function write(clientId: string, changes: readonly Partial<Decision>[]): Promise<Decision[]> {
  const batch = changes.map((change, index) => sampleDecision(NOON + index * 60_000, { clientId, ...change }));
  await test.repositories().decisions.insertBatch(batch);
  return batch;
}

const find = async (filter: Omit<DecisionFilter, 'limit'>): Promise<string[]> =>
  ids((await test.repositories().decisions.list({ limit: 50, ...filter })).decisions);

describe('filters of the list', () => {
  it('narrow it to what each names, and together to what all do', async () => {
    const clientId = 'cli_filters';
    const [odd, other] = await write(clientId, [
      {
        provider: 'acme',
        policy: 'strict',
        domain: 'legal',
        task: 'summarising',
        keyId: 'key_1',
        session: 's-1',
        endUser: "O'Neil",
        tags: { team: 'a=b', stage: 'live' },
        outcome: 'failed',
        cost: { status: 'exact', nanoUsd: 5_000 },
      },
      { cost: { status: 'unknown', why: 'no usage' } },
    ]);
    const filters: Omit<DecisionFilter, 'limit'>[] = [
      { provider: 'acme' },
      { policy: 'strict' },
      { domain: 'legal' },
      { task: 'summarising' },
      { key: 'key_1' },
      { session: 's-1' },
      { endUser: "O'Neil" },
      { tag: { key: 'team', value: 'a=b' } },
      { errorsOnly: true },
      { minCostNanoUsd: 5_000, maxCostNanoUsd: 5_000 },
    ];
    for (const filter of filters)
      expect(await find({ clientId, ...filter }), JSON.stringify(filter)).toEqual([odd?.id]);
    expect(await find({ clientId, ...Object.assign({}, ...filters) })).toEqual([odd?.id]);
    expect(await find({ clientId, tag: { key: 'team', value: 'a' } })).toEqual([]);
    expect(await find({ clientId, maxCostNanoUsd: 1_000_000 })).not.toContain(other?.id);
  });

  it('finds a decision by its whole id and by how it begins, of its client only', async () => {
    const clientId = 'cli_ids';
    const [first, second] = await write(clientId, [{}, {}]);
    const id = first?.id ?? '';
    expect(await find({ clientId, id })).toEqual([id]);
    expect(await find({ clientId, id: ` ${id.slice(0, 30).toUpperCase().replace('DEC_', 'dec_')} ` })).toEqual([id]);
    expect(await find({ clientId, id: id.slice(4, 20) })).toEqual([id]);
    // The first six digits change every few hours only.
    expect(await find({ clientId, id: id.slice(0, 10) })).toEqual([second?.id, id]);
    expect(await find({ clientId: 'cli_nobody', id })).toEqual([]);
    await expect(find({ id: 'dec_xyz' })).rejects.toMatchObject({ code: 'invalid_request', param: 'id' });
  });

  it('has of the candidates only the one that answered, when asked to be brief', async () => {
    const clientId = 'cli_brief';
    const [whole] = await write(clientId, [{}]);
    const page = await test.repositories().decisions.list({ clientId, limit: 1, brief: true });
    expect(page.decisions).toEqual([{ ...whole, candidates: whole?.candidates.slice(0, 1) }]);
  });
});

describe('the search for something rare', () => {
  const few = () => decisionsRepository(test.get().database, { mostLookedAt: 10 });

  it('stops after so many rows, says how far it came, and goes on from there to the end', async () => {
    const clientId = 'cli_rare';
    const batch = await write(
      clientId,
      Array.from({ length: 35 }, (_, index) => (index === 3 ? { domain: 'rare' } : {})),
    );
    const first = await few().list({ clientId, domain: 'rare', limit: 5 });
    expect(first.decisions).toEqual([]);
    expect(first.searchedBackTo).toBe(batch[25]?.at);
    const found: string[] = [];
    let pages = 0;
    for (let before = first.next; before !== undefined; pages += 1) {
      const page = await few().list({ clientId, domain: 'rare', limit: 5, before });
      found.push(...ids(page.decisions));
      before = page.next;
    }
    expect(found).toEqual([batch[3]?.id]);
    expect(pages).toBe(3);
  });

  it('does not stop on a page that is full, nor without a filter', async () => {
    const clientId = 'cli_full_page';
    await write(
      clientId,
      Array.from({ length: 30 }, () => ({ domain: 'usual' })),
    );
    const usual = await few().list({ clientId, domain: 'usual', limit: 5 });
    expect(usual.decisions).toHaveLength(5);
    expect(usual.searchedBackTo).toBeUndefined();
    const all = await few().list({ clientId, limit: 50 });
    expect(all.decisions).toHaveLength(30);
    expect(all).toMatchObject({ next: undefined, searchedBackTo: undefined });
  });

  it('walks the index of the client by time and sorts no more than equal instants', async () => {
    const { partitions } = test.repositories();
    await partitions.ensure('2026-11-01', 30);
    await write(
      'cli_plan',
      Array.from({ length: 50 }, () => ({})),
    );
    const { pool } = test.get().database;
    const asked: string[] = [];
    const query = pool.query.bind(pool);
    Object.assign(pool, {
      query: (config: { text?: string }, ...rest: unknown[]) => {
        if (config.text?.includes('from "decisions"') === true) asked.push(config.text);
        return Reflect.apply(query, pool, [config, ...rest]);
      },
    });
    try {
      await test.repositories().decisions.list({ clientId: 'cli_plan', domain: 'rare', limit: 5 });
    } finally {
      Object.assign(pool, { query });
    }
    const [text = ''] = asked;
    const values = ['cli_plan', 10_000, 'rare', 6];
    expect(text).toContain('limit $2');
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>({ text: `explain ${text}`, values });
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Incremental Sort[\s\S]*Presorted Key: decisions[._\d]*at/);
    expect(plan).not.toContain('Seq Scan');
  });
});
