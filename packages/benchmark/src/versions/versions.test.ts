import type { BenchmarkCase, BenchmarkVersion } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BenchmarkDraft, Review } from './benchmark-draft.ts';
import { parseBenchmarkReference } from './benchmark-reference.ts';
import { canonicalJson } from './canonical-json.ts';
import { caseHash, versionHash } from './content-hash.ts';
import { diffVersions } from './diff-versions.ts';
import { putCases, retireCases, startDraft } from './edit-draft.ts';
import { pendingChanges, publish } from './publish-version.ts';
import { reviewDraft, submitDraft } from './review-draft.ts';
import { ContentMismatch, verifyCases, verifyVersion } from './verify-version.ts';

const AT = '2026-11-21T12:00:00.000Z';
const ANA = { author: 'ana', reason: 'for the start', at: AT };
const BEN = { author: 'ben', reason: 'to be stricter', at: AT };

const madeCase = (id: string, change: Partial<BenchmarkCase> = {}): BenchmarkCase => ({
  id,
  messages: [{ role: 'user', content: `What is ${id}?` }],
  reference: `It is ${id}.`,
  domain: 'software',
  task: 'answer',
  language: 'en',
  difficulty: 'easy',
  checks: [],
  provenance: { kind: 'written', author: 'ana' },
  licence: 'MIT',
  ...change,
});

const review = (change: Partial<Review> = {}): Review => ({
  verdict: 'approved',
  by: 'cleo',
  at: AT,
  override: false,
  ...change,
});
const approved = (draft: BenchmarkDraft) => reviewDraft(submitDraft(draft), review());
const published = (draft: BenchmarkDraft, previous?: BenchmarkVersion) =>
  publish(approved(draft), previous, { author: 'cleo', at: AT });

const CASES = ['one', 'two', 'three'].map((id) => madeCase(id));
const first = published(putCases(startDraft('mine', undefined), CASES, ANA));

describe('the hash of a case', () => {
  it('does not depend on the order in which its fields were written', () => {
    const shuffled = Object.fromEntries(Object.entries(madeCase('one')).toReversed()) as BenchmarkCase;
    expect(caseHash(shuffled)).toBe(caseHash(madeCase('one')));
  });

  it('depends on every field, the id too', () => {
    const hashes = [
      madeCase('one'),
      madeCase('two', { messages: madeCase('one').messages, reference: 'It is one.' }),
      madeCase('one', { reference: 'It is 1.' }),
      madeCase('one', { checks: [{ kind: 'words', least: 0, most: 9, dimension: 'tone', weight: 1 }] }),
    ].map(caseHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('is the SHA-256 of its canonical JSON', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: undefined, A: -0 })).toBe(
      '{"A":0,"b":[1,{"c":"é","d":null}]}',
    );
    expect(() => canonicalJson({ a: Number.NaN })).toThrow('NaN cannot be written as JSON');
  });

  it('survives being written as JSON and read again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('publishing', () => {
  it('numbers the first version 1 and lists every case as added, with author and reason', () => {
    expect(first).toMatchObject({ name: 'mine', version: 1, publishedBy: 'cleo', publishedAt: AT });
    expect(first.cases).toEqual(CASES.map((one) => ({ id: one.id, hash: caseHash(one) })));
    expect(first.changes).toEqual(CASES.map(({ id }) => ({ action: 'add', caseId: id, ...ANA })));
    expect(first.hash).toBe(versionHash(first));
  });

  it('derives from the edits what was added, changed and retired, and keeps the order', () => {
    const edited = putCases(
      retireCases(startDraft('mine', first), first, ['one'], ANA),
      [madeCase('four'), madeCase('two', { difficulty: 'hard' }), madeCase('three')],
      BEN,
    );
    const second = published(edited, first);
    expect(second.version).toBe(2);
    expect(second.cases.map(({ id }) => id)).toEqual(['two', 'three', 'four']);
    expect(second.changes).toEqual([
      { action: 'retire', caseId: 'one', ...ANA },
      { action: 'add', caseId: 'four', ...BEN },
      { action: 'change', caseId: 'two', ...BEN },
    ]);
    expect(pendingChanges(edited, first)).toEqual(second.changes);
  });

  it('gives the same hash whoever publishes when, and another for another order', () => {
    const later = publish(approved(putCases(startDraft('mine', undefined), CASES, BEN)), undefined, {
      author: 'dora',
      at: '2027-01-01T00:00:00.000Z',
    });
    expect(later.hash).toBe(first.hash);
    expect(published(putCases(startDraft('mine', undefined), CASES.toReversed(), ANA)).hash).not.toBe(first.hash);
  });

  it('refuses a draft that nobody approved, that changes nothing, leaves nothing or was made for another version', () => {
    const draft = putCases(startDraft('mine', undefined), CASES, ANA);
    const by = { author: 'cleo', at: AT };
    expect(() => publish(draft, undefined, by)).toThrow("the draft of 'mine' is draft: only an approved one");
    expect(() => publish(submitDraft(draft), undefined, by)).toThrow('is in review: only an approved one');
    expect(() => published(putCases(startDraft('mine', first), CASES, ANA), first)).toThrow('changes nothing');
    const none = retireCases(startDraft('mine', first), first, ['one', 'two', 'three'], ANA);
    expect(() => published(none, first)).toThrow('leaves no case');
    expect(() => published(draft, first)).toThrow('changes version 0, but version 1 is the latest');
  });
});

describe('a draft', () => {
  const draft = putCases(startDraft('mine', undefined), CASES, ANA);

  it('cannot retire what is not there', () => {
    expect(() => retireCases(startDraft('mine', first), first, ['one', 'nine', 'ten'], ANA)).toThrow(
      "'mine' has no case 'nine', 'ten'.",
    );
  });

  it('that adds a case and retires it again changes nothing of it', () => {
    const edited = retireCases(putCases(startDraft('mine', first), [madeCase('new')], ANA), first, ['new'], BEN);
    expect(pendingChanges(edited, first)).toEqual([]);
  });

  it('is approved by somebody who wrote none of it', () => {
    const inReview = submitDraft(putCases(draft, [madeCase('one', { difficulty: 'hard' })], BEN));
    for (const by of ['ana', 'ben'])
      expect(() => reviewDraft(inReview, review({ by }))).toThrow(`${by} wrote part of the draft of 'mine'`);
    expect(reviewDraft(inReview, review())).toMatchObject({
      status: 'approved',
      review: { by: 'cleo', override: false },
    });
  });

  it('can be approved by its author as an exception, which is recorded', () => {
    const inReview = submitDraft(draft);
    expect(reviewDraft(inReview, review({ by: 'ana', override: true })).review).toMatchObject({ override: true });
    expect(reviewDraft(inReview, review({ by: 'cleo', override: true })).review).toMatchObject({ override: false });
  });

  it('is a draft again when it is rejected, by its author too, with the reason kept', () => {
    const rejected = reviewDraft(submitDraft(draft), review({ verdict: 'rejected', by: 'ana', reason: 'unclear' }));
    expect(rejected).toMatchObject({ status: 'draft', review: { verdict: 'rejected', reason: 'unclear' } });
    expect(submitDraft(rejected)).toMatchObject({ status: 'in-review', review: undefined });
  });

  it('loses its approval when somebody edits it', () => {
    expect(putCases(approved(draft), [madeCase('four')], BEN)).toMatchObject({ status: 'draft', review: undefined });
  });

  it('is not reviewed before it is submitted, nor submitted twice or empty', () => {
    expect(() => reviewDraft(draft, review())).toThrow('is draft, not in review: submit it first');
    expect(() => submitDraft(submitDraft(draft))).toThrow('is in review already');
    expect(() => submitDraft(startDraft('mine', undefined))).toThrow('nothing to review');
  });
});

describe('reading a published version', () => {
  const stored = new Map(CASES.map((one) => [caseHash(one), JSON.parse(JSON.stringify(one)) as unknown]));

  it('gives the cases in order when every hash is right', () => {
    expect(verifyVersion(JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(verifyCases(first, stored)).toEqual(CASES);
  });

  it('refuses a version whose list of cases was changed', () => {
    expect(() => verifyVersion({ ...first, cases: first.cases.slice(1) })).toThrow(ContentMismatch);
    expect(() => verifyVersion({ ...first, name: 'other' })).toThrow('other@1 is not what was published');
  });

  it('refuses a case that was changed, and says which is missing', () => {
    const { hash = '' } = first.cases[1] ?? {};
    const forged = new Map(stored).set(hash, madeCase('two', { reference: 'Something else.' }));
    expect(() => verifyCases(first, forged)).toThrow("the case 'two' of mine@1 is not what was published");
    const lost = new Map(stored);
    lost.delete(hash);
    expect(() => verifyCases(first, lost)).toThrow("the case 'two' of mine@1 is not stored");
  });
});

describe('comparing versions', () => {
  it('shows what came, what went, and each field that changed', () => {
    const changed = madeCase('two', {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is two?' },
      ],
      reference: undefined,
      difficulty: 'hard',
    });
    const second = published(
      putCases(retireCases(startDraft('mine', first), first, ['one'], ANA), [changed, madeCase('four')], BEN),
      first,
    );
    const known = new Map([...CASES, changed, madeCase('four')].map((one) => [caseHash(one), one]));
    const caseOf = (hash: string) => known.get(hash) ?? expect.fail(`no case ${hash}`);
    const diff = diffVersions(first, second, caseOf);
    expect(diff.added.map(({ id }) => id)).toEqual(['four']);
    expect(diff.retired.map(({ id }) => id)).toEqual(['one']);
    expect(diff.unchanged).toBe(1);
    expect(diff.changed).toEqual([
      {
        id: 'two',
        fields: [
          { path: 'messages[0].role', before: 'user', after: 'system' },
          { path: 'messages[0].content', before: 'What is two?', after: 'Be brief.' },
          { path: 'messages[1]', after: { role: 'user', content: 'What is two?' } },
          { path: 'reference', before: 'It is two.' },
          { path: 'difficulty', before: 'easy', after: 'hard' },
        ],
      },
    ]);
    expect(diffVersions(first, first, caseOf)).toEqual({ added: [], retired: [], changed: [], unchanged: 3 });
  });
});

describe('naming a benchmark', () => {
  it('takes a name, or a name and a version', () => {
    expect(parseBenchmarkReference('starter')).toEqual({ name: 'starter', version: undefined });
    expect(parseBenchmarkReference('starter@12')).toEqual({ name: 'starter', version: 12 });
  });

  it.each(['', 'Starter', 'starter@', 'starter@0', 'starter@v1', 'a@1@2', '@1'])('refuses "%s"', (text) => {
    expect(() => parseBenchmarkReference(text)).toThrow(`'${text}' names no benchmark`);
  });
});
