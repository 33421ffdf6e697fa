import { openDatabase, type Repositories, repositories } from '@pointsman/db';
import { type TestDatabase, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_BENCHMARK, type SampleBenchmark, storeSampleBenchmark } from '../testing/store-sample-benchmark.ts';
import { SAMPLE_RATERS, storeSampleJudging } from '../testing/store-sample-judging.ts';
import { agreementOf, withPseudonyms } from './agreement-of-ratings.ts';
import { compareVersions } from './compare-versions.ts';
import { listBenchmarks, readVersion } from './list-benchmarks.ts';
import { listJudges } from './list-judges.ts';
import { openAgreement } from './open-agreement.ts';
import { listCases, readCase } from './read-cases.ts';

const OWNER = 'cli_owner';
const name = SAMPLE_BENCHMARK;
let test: TestDatabase;
let stored: Repositories;
let sample: SampleBenchmark;
let close: () => Promise<void>;

beforeAll(async () => {
  test = await testDatabase();
  const database = openDatabase({ url: test.url });
  stored = repositories(database);
  sample = await storeSampleBenchmark(stored, OWNER);
  await storeSampleJudging(stored, sample.first.cases);
  close = () => database.close();
});
afterAll(async () => {
  await close();
  await test.drop();
});

const version = (number: number, seenBy?: string) => ({ name, version: number, seenBy });
const page = { limit: 50, offset: 0 };

describe('browsing benchmarks', () => {
  it('lists versions newest first, who approved them and why, and the draft', async () => {
    const { data } = await listBenchmarks(stored);
    expect(data).toMatchObject([
      {
        name,
        versions: [
          { version: 2, cases: 70, changes: { added: 1, changed: 1, retired: 1 }, reason: 'a case from production' },
          {
            version: 1,
            cases: 70,
            changes: { added: 70, changed: 0, retired: 0 },
            approval: { by: 'cleo', ownWork: false },
          },
        ],
        draft: { base: 2, status: 'draft', edits: 1, authors: ['ana'] },
      },
    ]);
  });

  it('counts what a version covers', async () => {
    const { counts } = await readVersion(stored, version(2));
    expect(counts).toMatchObject({ cases: 70, origin: { written: 69, production: 1 }, withReference: 70 });
    expect(Object.values(counts.domain).reduce((sum, cases) => sum + cases, 0)).toBe(70);
    expect(counts.language).toEqual({ en: 35, fr: 35 });
  });

  it('finds cases by domain and by words of messages and reference, in any case', async () => {
    const legal = await listCases(stored, version(1), { ...page, domain: 'legal' });
    expect(legal.total).toBe(5);
    expect(new Set(legal.data.map(({ domain }) => domain))).toEqual(new Set(['legal']));
    const found = await listCases(stored, version(1), { ...page, search: 'ITEM 12 BACK' });
    expect(found.data.map(({ id }) => id)).toEqual(['case-012']);
    expect(await listCases(stored, version(1), { ...page, search: 'nowhere to be found' })).toEqual({
      data: [],
      total: 0,
    });
  });

  it('pages in the order of the version', async () => {
    const second = await listCases(stored, version(1), { limit: 3, offset: 3 });
    expect(second.total).toBe(70);
    expect(second.data.map(({ id }) => id)).toEqual(['case-003', 'case-004', 'case-005']);
  });

  it('tells a case whole, with who changed it and why', async () => {
    const found = await readCase(stored, version(2), 'case-001');
    expect(found.case.reference).toBe('Trente jours, frais de retour compris.');
    expect(found.case.messages).toHaveLength(2);
    expect(found.history).toMatchObject([
      { version: 2, action: 'changed', author: 'ana', reason: 'the reference was vague' },
      { version: 1, action: 'added', reason: 'first cases' },
    ]);
    expect((await readCase(stored, version(1), 'case-001')).history).toHaveLength(1);
  });

  it('says what there is not', async () => {
    await expect(readVersion(stored, version(9))).rejects.toThrow('There is no sample@9');
    await expect(listCases(stored, version(9), page)).rejects.toThrow('There is no sample@9');
    await expect(readCase(stored, version(1), 'none')).rejects.toThrow("There is no case 'none'");
    await expect(compareVersions(stored, { name, from: 1, to: 3, seenBy: undefined, ...page })).rejects.toThrow(
      'sample@3',
    );
  });
});

describe("another client's production case", () => {
  it('is in no list, no count, no difference, and cannot be read', async () => {
    const stranger = version(2, 'cli_stranger');
    expect((await listCases(stored, stranger, { ...page, search: 'secret' })).total).toBe(0);
    expect((await readVersion(stored, stranger)).cases).toBe(69);
    await expect(readCase(stored, stranger, 'production-900')).rejects.toThrow('There is no case');
    const diff = await compareVersions(stored, { name, from: 1, to: 2, seenBy: 'cli_stranger', ...page });
    expect(diff.data.map(({ id }) => id)).toEqual(['case-001', 'case-002']);
  });

  it('is there for whoever it came from', async () => {
    expect((await readCase(stored, version(2, OWNER), 'production-900')).case.messages[0]?.text).toContain('secret');
    expect((await listCases(stored, version(2, OWNER), page)).total).toBe(70);
  });
});

describe('comparing versions', () => {
  it('shows what came, changed and went, field by field, with the reason', async () => {
    const diff = await compareVersions(stored, { name, from: 1, to: 2, seenBy: undefined, ...page });
    expect(diff).toMatchObject({ added: 1, changed: 1, retired: 1, unchanged: 68 });
    expect(diff.data).toMatchObject([
      { action: 'added', id: 'production-900', fields: [] },
      {
        action: 'changed',
        id: 'case-001',
        fields: [{ path: 'reference', after: 'Trente jours, frais de retour compris.' }],
        change: { author: 'ana', reason: 'the reference was vague' },
      },
      { action: 'retired', id: 'case-002', change: { author: 'ben', reason: 'too easy' } },
    ]);
  });

  it('goes backwards too, and pages', async () => {
    const diff = await compareVersions(stored, { name, from: 2, to: 1, seenBy: undefined, limit: 1, offset: 1 });
    expect(diff).toMatchObject({ added: 1, changed: 1, retired: 1 });
    expect(diff.data.map(({ action, id, change }) => [action, id, change])).toEqual([
      ['changed', 'case-001', undefined],
    ]);
  });
});

describe('agreement', () => {
  it('is worked out on a thread of its own, once for each state of the ratings', async () => {
    const agreement = openAgreement({ repositories: stored });
    const found = await agreement.read(60_000);
    expect(found).toMatchObject({ status: 'ready', current: true, replies: 140, raters: 3, ratings: 840 });
    if (found.status !== 'ready') throw new Error('not ready');
    expect(found.dimensions.map(({ dimension }) => dimension)).toEqual(['factual_accuracy', 'tone']);
    const [facts] = found.dimensions;
    expect(facts).toMatchObject({ raters: 3, ratings: 420, cases: 70 });
    expect(facts?.raterBiases.at(-1)?.rater).toBe(SAMPLE_RATERS[2]);
    // Nothing is worked out again: there would be no time for it.
    expect(await agreement.read(0)).toEqual(found);
  });

  it('is said to be under way when it takes longer than a page waits, and told later', async () => {
    let finish = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const agreement = openAgreement({
      repositories: stored,
      compute: async (ratings) => gate.then(() => agreementOf(ratings.slice(0, 1))),
    });
    expect(await agreement.read(1)).toEqual({ status: 'computing' });
    finish();
    expect(await agreement.read(60_000)).toMatchObject({ status: 'ready' });
  });

  it('fails for whoever waits, and is tried again', async () => {
    let tries = 0;
    const compute = async () => {
      tries += 1;
      if (tries === 1) throw new Error('out of memory');
      return [];
    };
    const agreement = openAgreement({ repositories: stored, compute });
    await expect(agreement.read(60_000)).rejects.toThrow('out of memory');
    expect(await agreement.read(60_000)).toMatchObject({ status: 'ready', dimensions: [] });
  });

  it('names nobody under pseudonyms, and keeps apart who is not the same', async () => {
    const found = await openAgreement({ repositories: stored }).read(60_000);
    if (found.status !== 'ready') throw new Error('not ready');
    const blind = withPseudonyms(found);
    expect(JSON.stringify(blind)).not.toContain('raters.example');
    for (const { raterBiases } of blind.dimensions)
      expect(raterBiases.map(({ rater }) => rater).toSorted()).toEqual(['R1', 'R2', 'R3']);
    const mild = blind.dimensions.map(({ raterBiases }) => raterBiases.at(-1)?.rater);
    expect(mild[0]).toBe(mild[1]);
  });
});

describe('judges', () => {
  it('are told with what they are calibrated on, what is not, and how they drift', async () => {
    const { data } = await listJudges(stored);
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      emulated: true,
      calibrations: [{ dimension: 'factual_accuracy', labels: 140, cases: 70 }, { dimension: 'tone' }],
      uncalibrated: ['coherence', 'relevance', 'completeness', 'safety'],
      drift: [{ anchorSet: 'sample-anchors', dimensions: [{ dimension: 'tone', anchors: 40 }] }, { finding: 'first' }],
    });
    const map = data[0]?.calibrations[0]?.map ?? [];
    expect(map).toHaveLength(21);
    expect(map[0]).toMatchObject({ score: 0 });
    expect(map.every(({ rating }) => rating >= 1 && rating <= 5)).toBe(true);
  });
});
