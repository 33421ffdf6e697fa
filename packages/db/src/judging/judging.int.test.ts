import { randomUUID } from 'node:crypto';
import type { JudgeIdentity } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '../testing/use-test-database.ts';
import type { AnnotatedReply } from './annotations.ts';

const test = useTestDatabase();
const hash = (letter: string) => letter.repeat(64);

const reply = (over: Partial<AnnotatedReply> = {}): AnnotatedReply => ({
  caseHash: hash('a'),
  replyHash: hash('b'),
  caseId: 'one',
  model: 'acme/alpha',
  reply: 'NUL \u0000 in a reply',
  ratings: [
    { dimension: 'tone', rater: 'ana', rating: 4, scale: [1, 5] },
    { dimension: 'tone', rater: 'ben', rating: 2, scale: [1, 5] },
  ],
  adjudications: [],
  ...over,
});
const judge = (over: Partial<JudgeIdentity> = {}): JudgeIdentity => ({
  model: 'acme/judge',
  promptHash: 'p',
  rubrics: {},
  samples: 5,
  temperature: 1,
  hash: randomUUID(),
  ...over,
});

describe('people’s ratings', () => {
  it('count once for a reply, dimension and rater: the latest', async () => {
    const { annotations } = test.repositories();
    expect(await annotations.record([reply()], 'first.jsonl')).toEqual({ added: 2, changed: 0 });
    expect(await annotations.record([reply()], 'first.jsonl')).toEqual({ added: 0, changed: 0 });
    const again = reply({
      ratings: [{ dimension: 'tone', rater: 'ben', rating: 3, scale: [1, 5] }],
      adjudications: [{ dimension: 'tone', rating: 4, scale: [1, 5] }],
    });
    expect(await annotations.record([again], 'second.jsonl')).toEqual({ added: 1, changed: 1 });
    const [stored] = await annotations.of([reply()]);
    expect(stored?.reply).toBe('NUL \ufffd in a reply');
    expect(stored?.ratings.map(({ rater, rating }) => [rater, rating])).toEqual([
      ['ana', 4],
      ['ben', 3],
    ]);
    expect(stored?.adjudications).toEqual([{ dimension: 'tone', rating: 4, scale: [1, 5] }]);
    expect(await annotations.of([{ caseHash: hash('c'), replyHash: hash('b') }])).toEqual([]);
  });

  it('off their scale are stored nowhere, with all that came with them', async () => {
    const { annotations } = test.repositories();
    const off = reply({
      caseHash: hash('d'),
      ratings: [{ dimension: 'tone', rater: 'ana', rating: 6, scale: [1, 5] }],
    });
    await expect(annotations.record([reply({ caseHash: hash('e') }), off], 'bad')).rejects.toThrow();
    expect(await annotations.of([reply({ caseHash: hash('e') }), off])).toEqual([]);
  });
});

describe('calibrations', () => {
  it('of a judge are the newest for each dimension; the emulator’s are apart', async () => {
    const { calibrations } = test.repositories();
    const [one, other] = [judge({ model: 'acme/kept' }), judge({ model: 'acme/kept' })];
    for (const fit of [1, 2])
      await calibrations.save({ judge: one, emulated: false, dimension: 'tone', body: { fit } });
    await calibrations.save({ judge: one, emulated: true, dimension: 'tone', body: { fit: 3 } });
    expect(await calibrations.ofJudge(one.hash, false)).toMatchObject([{ dimension: 'tone', body: { fit: 2 } }]);
    expect(await calibrations.ofJudge(other.hash, false)).toEqual([]);
    expect(await calibrations.ofModel(other.model, false)).toMatchObject([{ judge: one, body: { fit: 2 } }]);
  });
});

describe('an anchor set', () => {
  it('never changes', async () => {
    const { anchors } = test.repositories();
    await anchors.pin('fixed', [reply()]);
    await expect(anchors.pin('fixed', [])).rejects.toThrow('there is an anchor set');
    await expect(test.get().database.pool.query(`update anchor_sets set items = '[]'`)).rejects.toThrow(
      'never changes',
    );
    expect((await anchors.get('fixed'))?.items).toEqual([{ caseHash: hash('a'), replyHash: hash('b') }]);
  });

  it('is scored anew each time, but for a scoring that broke off', async () => {
    const { anchors } = test.repositories();
    await anchors.pin('nightly', [reply()]);
    const by = { anchorSet: 'nightly', judge: judge(), emulated: false };
    const first = await anchors.begin(by);
    expect(await anchors.begin(by)).toBe(first);
    await anchors.finish(first, { scores: [1], verdict: null });
    expect(await anchors.begin(by)).not.toBe(first);
    expect(await anchors.scorings(by)).toMatchObject([{ id: first, scores: [1], verdict: null }]);
    expect(await anchors.judgesOf('nightly', by.judge.model, false)).toEqual([by.judge]);
    expect(await anchors.scorings({ ...by, emulated: true })).toEqual([]);
  });
});
