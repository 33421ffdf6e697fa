import { createHash } from 'node:crypto';
import type { BenchmarkVersion } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const BODIES = ['one', 'two', 'three'].map((id) => ({ hash: hashOf(id), body: { id, text: 'café \\ "quoted"' } }));

const versionOf = (name: string, version = 1, ids = ['one', 'two', 'three']): BenchmarkVersion => ({
  name,
  version,
  hash: hashOf(`${name}@${version}`),
  cases: ids.map((id) => ({ id, hash: hashOf(id) })),
  changes: [],
  publishedBy: 'cleo',
  publishedAt: '2026-11-21T12:00:00.000Z',
});

const settled = async (work: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map((one) => (one.status === 'fulfilled' ? 'done' : one.reason.code)).sort();

describe('a draft', () => {
  it('is saved over the revision that was read, and over no other', async () => {
    const { benchmarks } = test.repositories();
    const first = await benchmarks.saveDraft('drafted', { edits: [1] }, 0);
    expect(await benchmarks.draft('drafted')).toMatchObject({ revision: first, body: { edits: [1] } });
    const second = await benchmarks.saveDraft('drafted', { edits: [1, 2] }, first);
    const late = benchmarks.saveDraft('drafted', { edits: [3] }, first);
    await expect(late).rejects.toThrow("somebody else has changed or published the draft of 'drafted' meanwhile");
    await expect(benchmarks.saveDraft('drafted', {}, 0)).rejects.toMatchObject({ code: 'conflict' });
    expect(await benchmarks.draft('drafted')).toMatchObject({ revision: second, body: { edits: [1, 2] } });
  });

  it('is saved by one of several that begin it, or change it, at once', async () => {
    const { benchmarks } = test.repositories();
    const begin = [1, 2, 3, 4].map((n) => benchmarks.saveDraft('crowded', { n }, 0));
    expect(await settled(begin)).toEqual(['conflict', 'conflict', 'conflict', 'done']);
    const { revision = 0 } = (await benchmarks.draft('crowded')) ?? {};
    const change = [5, 6, 7].map((n) => benchmarks.saveDraft('crowded', { n }, revision));
    expect(await settled(change)).toEqual(['conflict', 'conflict', 'done']);
  });

  it('that was discarded is gone, and its revision never comes back', async () => {
    const { benchmarks } = test.repositories();
    const first = await benchmarks.saveDraft('dropped', { n: 1 }, 0);
    await benchmarks.discardDraft('dropped', first);
    expect(await benchmarks.draft('dropped')).toBeUndefined();
    const second = await benchmarks.saveDraft('dropped', { n: 2 }, 0);
    expect(second).not.toBe(first);
    await expect(benchmarks.discardDraft('dropped', first)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('publishing', () => {
  it('stores version and cases and ends the draft', async () => {
    const { benchmarks } = test.repositories();
    const draftRevision = await benchmarks.saveDraft('published', {}, 0);
    const version = versionOf('published');
    await benchmarks.publish({ version, cases: BODIES, reason: 'first', review: { by: 'ben' }, draftRevision });
    expect(await benchmarks.draft('published')).toBeUndefined();
    const stored = { body: version, reason: 'first', review: { by: 'ben' } };
    expect(await benchmarks.version('published')).toEqual(stored);
    expect(await benchmarks.version('published', 1)).toEqual(stored);
    expect(await benchmarks.version('published', 2)).toBeUndefined();
    expect(await benchmarks.version('nothing')).toBeUndefined();
    const cases = await benchmarks.cases([hashOf('two'), hashOf('nobody'), hashOf('one')]);
    expect(Object.fromEntries(cases)).toEqual({ [hashOf('one')]: BODIES[0]?.body, [hashOf('two')]: BODIES[1]?.body });
  });

  it('takes cases that an earlier version has, and gives the latest version when none is named', async () => {
    const { benchmarks } = test.repositories();
    await benchmarks.publish({ version: versionOf('grown', 1, ['one']), cases: BODIES, reason: 'first' });
    await benchmarks.publish({ version: versionOf('grown', 2, ['one', 'two']), cases: [], reason: 'second' });
    expect(await benchmarks.version('grown')).toMatchObject({ body: { version: 2 }, reason: 'second', review: null });
    const summary = (await benchmarks.list()).find(({ name }) => name === 'grown');
    expect(summary).toEqual({
      name: 'grown',
      hasDraft: false,
      latest: {
        version: 2,
        hash: hashOf('grown@2'),
        cases: 2,
        publishedBy: 'cleo',
        publishedAt: '2026-11-21T12:00:00.000Z',
      },
    });
  });

  it('succeeds for one of several at once; the others learn that nothing of theirs was stored', async () => {
    const { benchmarks } = test.repositories();
    const draftRevision = await benchmarks.saveDraft('raced', {}, 0);
    const publish = (reason: string) =>
      benchmarks.publish({ version: versionOf('raced'), cases: BODIES, reason, draftRevision });
    expect(await settled(['a', 'b', 'c'].map(publish))).toEqual(['conflict', 'conflict', 'done']);
    const shipped = (reason: string) => benchmarks.publish({ version: versionOf('shipped'), cases: BODIES, reason });
    expect(await settled(['a', 'b', 'c'].map(shipped))).toEqual(['conflict', 'conflict', 'done']);
  });

  it('stores nothing when a case of the version is nowhere, and keeps the draft', async () => {
    const { benchmarks } = test.repositories();
    const draftRevision = await benchmarks.saveDraft('torn', {}, 0);
    const version = versionOf('torn', 1, ['one', 'never-stored']);
    const torn = benchmarks.publish({ version, cases: BODIES, reason: 'first', draftRevision });
    await expect(torn).rejects.toThrow('1 cases of torn@1 are stored nowhere: nothing was stored.');
    expect(await benchmarks.version('torn')).toBeUndefined();
    expect(await benchmarks.draft('torn')).toMatchObject({ revision: draftRevision });
  });

  it('lists a benchmark that has only a draft', async () => {
    const { benchmarks } = test.repositories();
    await benchmarks.saveDraft('awaited', {}, 0);
    expect(await benchmarks.list()).toContainEqual({ name: 'awaited', latest: undefined, hasDraft: true });
  });

  it('takes ten thousand cases', async () => {
    const { benchmarks } = test.repositories();
    const ids = Array.from({ length: 10_000 }, (_, index) => `case-${index}`);
    const cases = ids.map((id) => ({ hash: hashOf(id), body: { id } }));
    await benchmarks.publish({ version: versionOf('large', 1, ids), cases, reason: 'first' });
    expect((await benchmarks.cases(cases.map(({ hash }) => hash))).size).toBe(10_000);
  });
});

describe('a published benchmark version (invariant 9)', () => {
  it.each([
    "update benchmark_versions set reason = 'other'",
    'delete from benchmark_versions',
    'truncate benchmark_versions',
    "update benchmark_cases set body = '{}'",
    'delete from benchmark_cases',
    'truncate benchmark_cases',
  ])('refuses in the database: %s', async (statement) => {
    const { benchmarks } = test.repositories();
    const name = `fixed-${hashOf(statement).slice(0, 8)}`;
    await benchmarks.publish({ version: versionOf(name), cases: BODIES, reason: 'first' });
    const changed = test.get().database.pool.query(statement);
    await expect(changed).rejects.toThrow(/what was published never changes: (UPDATE|DELETE|TRUNCATE) on benchmark_/);
    expect(await benchmarks.version(name)).toMatchObject({ body: versionOf(name), reason: 'first' });
  });
});
