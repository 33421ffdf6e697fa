import { createHash, randomUUID } from 'node:crypto';
import type { EvaluatedItem, RunSpec } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '../testing/use-test-database.ts';
import type { CallClaim } from './calls.ts';
import type { StoredRun } from './runs.ts';

const test = useTestDatabase();
const runs = () => test.repositories().evaluationRuns;
const calls = () => test.repositories().evaluationCalls;

const spec: RunSpec = {
  benchmark: { name: 'starter', version: 1, hash: 'a'.repeat(64) },
  contestants: [{ model: 'acme/alpha' }],
  judge: { model: 'acme/judge', promptHash: 'p', rubrics: {}, samples: 5, temperature: 0.7, hash: 'j' },
  maxOutputTokens: 2048,
  replicate: 0,
  sequential: false,
  onboarding: false,
  comparison: { minEffect: 0.02, alpha: 0.05 },
  labels: {},
};
const items = ['one', 'two', 'three'].map((caseId, position) => ({ contestant: 0, caseId, caseHash: 'h', position }));
const item: EvaluatedItem = {
  caseId: 'two',
  caseHash: 'h',
  domain: 'finance',
  task: 'answer',
  language: 'en',
  reply: { status: 'missing', why: 'NUL \u0000 and half a pair \ud800 are stored' },
  verdicts: Object.fromEntries(
    ['factual_accuracy', 'coherence', 'relevance', 'completeness', 'tone', 'safety'].map((dimension) => [
      dimension,
      { status: 'unscored', why: 'no-reply', detail: '' },
    ]),
  ) as EvaluatedItem['verdicts'],
};

async function startedRun(maxCostNanoUsd?: number): Promise<StoredRun> {
  const { id } = await runs().create({ spec: { ...spec, maxCostNanoUsd }, emulated: true, items });
  const run = await runs().start(id);
  if (run === undefined) throw new Error('the run did not start');
  return run;
}

const claimOf = (run: StoredRun, over: Partial<CallClaim> = {}): CallClaim => ({
  key: createHash('sha256').update(randomUUID()).digest(),
  runId: run.id,
  purpose: 'reply',
  modelId: 'acme/alpha',
  holder: 'worker-1',
  leaseMs: 60_000,
  reserveNanoUsd: 100,
  ...over,
});
const record = (nanoUsd: number) => ({
  reply: { kind: 'text', text: 'yes' },
  cost: { status: 'exact' as const, nanoUsd },
  latencyMs: 12,
});

describe('an evaluation run', () => {
  it('keeps its items in order and each result once', async () => {
    const { id } = await startedRun();
    await runs().finishItem(id, 0, item);
    await runs().finishItem(id, 0, { ...item, language: 'fr' });
    expect((await runs().openItems(id)).map(({ caseId }) => caseId)).toEqual(['one', 'three']);
    const [stored] = await runs().items(id, 0);
    expect(stored).toMatchObject({ caseId: 'two', language: 'en' });
    expect(stored?.reply).toMatchObject({ why: 'NUL \ufffd and half a pair \ufffd are stored' });
    expect(await runs().progress(id)).toEqual({ total: 3, done: 1 });
  });

  it('begins again after it stopped, not after it finished or was cancelled', async () => {
    const { id } = await startedRun();
    expect(await runs().end(id, 'stopped', 'no key')).toBe(true);
    expect(await runs().start(id)).toMatchObject({ status: 'running', generation: 2, why: undefined });
    expect(await runs().end(id, 'cancelled')).toBe(true);
    expect(await runs().start(id)).toBeUndefined();
    expect(await runs().end(id, 'finished')).toBe(false);
  });
});

describe('the ledger of calls', () => {
  it('gives a paid reply to whoever asks the same, in any run', async () => {
    const [one, other] = [await startedRun(), await startedRun()];
    const claim = claimOf(one);
    expect(await calls().find(claim.key)).toBeUndefined();
    expect(await calls().claim(claim)).toBe('claimed');
    expect(await calls().claim({ ...claim, runId: other.id, holder: 'worker-2' })).toBe('taken');
    await calls().settle(claim, record(70));
    expect(await calls().find(claim.key)).toEqual(record(70));
    expect(await runs().get(one.id)).toMatchObject({ spentNanoUsd: 70, reservedNanoUsd: 0 });
    expect(await runs().get(other.id)).toMatchObject({ spentNanoUsd: 0, reservedNanoUsd: 0 });
  });

  it('spends nothing twice when it is written twice', async () => {
    const run = await startedRun();
    const claim = claimOf(run);
    await calls().claim(claim);
    await calls().settle(claim, record(70));
    await calls().settle(claim, record(70));
    expect(await runs().get(run.id)).toMatchObject({ spentNanoUsd: 70, reservedNanoUsd: 0 });
  });

  it('never holds more than the ceiling, however many ask at once', async () => {
    const run = await startedRun(1_000);
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, holder) => calls().claim(claimOf(run, { holder: `worker-${holder}` }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'ceiling')).toHaveLength(30);
    expect(await runs().get(run.id)).toMatchObject({ reservedNanoUsd: 1_000 });
  });

  it('counts a call whose worker died as perhaps paid, and lets it be made again', async () => {
    const run = await startedRun(150);
    const claim = claimOf(run, { leaseMs: 0 });
    await calls().claim(claim);
    expect(await calls().sweep()).toBeGreaterThan(0);
    expect(await runs().get(run.id)).toMatchObject({ reservedNanoUsd: 0, lostCalls: 1, lostNanoUsd: 100 });
    expect(await calls().claim({ ...claim, holder: 'worker-2' })).toBe('ceiling');
    expect(await calls().claim({ ...claim, holder: 'worker-2', reserveNanoUsd: 50 })).toBe('claimed');
  });

  it('keeps a reply that arrives after its claim was given up', async () => {
    const run = await startedRun();
    const claim = claimOf(run, { leaseMs: 0 });
    await calls().claim(claim);
    await calls().sweep();
    await calls().settle(claim, record(70));
    expect(await calls().find(claim.key)).toEqual(record(70));
    expect(await runs().get(run.id)).toMatchObject({ spentNanoUsd: 70, lostNanoUsd: 100, reservedNanoUsd: 0 });
  });

  it('does not give up the claims of a worker that says it is alive', async () => {
    const run = await startedRun();
    const claim = claimOf(run, { leaseMs: 0, holder: 'alive' });
    await calls().claim(claim);
    await calls().extend('alive', 60_000);
    await calls().sweep();
    expect(await calls().claim({ ...claim, holder: 'other' })).toBe('taken');
  });

  it('gives up the claims of a worker that is known to be dead, however long its lease', async () => {
    const run = await startedRun();
    const claim = claimOf(run, { holder: 'dead' });
    await calls().claim(claim);
    await calls().abandon('dead');
    await calls().sweep();
    expect(await calls().claim({ ...claim, holder: 'other' })).toBe('claimed');
    expect(await runs().get(run.id)).toMatchObject({ lostCalls: 1, reservedNanoUsd: 100 });
  });

  it('takes back a claim whose call consumed nothing', async () => {
    const run = await startedRun();
    const claim = claimOf(run);
    await calls().claim(claim);
    await calls().release(claim.key, claim.holder, false);
    expect(await runs().get(run.id)).toMatchObject({ reservedNanoUsd: 0, lostCalls: 0 });
    expect(await calls().claim(claim)).toBe('claimed');
  });

  it('starts nothing for a run that does not run', async () => {
    const run = await startedRun();
    await runs().end(run.id, 'cancelled', 'enough');
    const claim = claimOf(run);
    expect(await calls().claim(claim)).toBe('stopped');
    expect(await calls().find(claim.key)).toBeUndefined();
  });

  it('counts a cost nobody knows apart, never as nothing', async () => {
    const run = await startedRun();
    const claim = claimOf(run);
    await calls().claim(claim);
    await calls().settle(claim, { ...record(0), cost: { status: 'unknown', why: 'no price' } });
    expect(await runs().get(run.id)).toMatchObject({ spentNanoUsd: 0, unknownCosts: 1 });
  });
});
