import type { Agreement, AnnotationAnswers } from '@pointsman/contracts';
import type { BatchAnswer } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { raterFigures } from './rater-figures.ts';

const answer = (item: number, answers: AnnotationAnswers, over: Partial<BatchAnswer> = {}): BatchAnswer => ({
  itemId: `item ${item}`,
  caseId: `case ${item}`,
  model: 'acme/alpha',
  gold: undefined,
  rater: 'usr_1',
  name: 'Ana',
  skipReason: undefined,
  answers,
  activeMs: 30_000,
  imported: false,
  atMs: item * 60_000,
  ...over,
});
const computing: Agreement = { status: 'computing' };

describe('raterFigures', () => {
  it('tells how answers to gold items lie to what is known, over items, without what could not be rated', () => {
    const gold = { tone: 3, safety: 5 };
    const answers = Array.from({ length: 20 }, (_, item) =>
      answer(item, { tone: item % 2 === 0 ? 3 : 5, safety: item === 0 ? 'cannot-rate' : 4 }, { gold }),
    );
    const [found] = raterFigures(answers, computing);
    expect(found).toMatchObject({ rater: 'usr_1', name: 'Ana', done: 20, cannotRate: 1, medianMs: 30_000 });
    expect(found?.gold.answers).toBe(39);
    expect(found?.gold.exact).toMatchObject({ estimate: 10 / 39, n: 20 });
    expect(found?.gold.withinOne).toMatchObject({ estimate: 29 / 39 });
    // Ten answers two steps too mild, nineteen one step too severe.
    expect(found?.gold.meanError).toMatchObject({ estimate: (20 - 19) / 39 });
  });

  it('says that few gold items are too few', () => {
    const [found] = raterFigures([answer(1, { tone: 3 }, { gold: { tone: 3 } })], computing);
    expect(found?.gold).toMatchObject({ answers: 1, exact: { tooFew: true, n: 1 } });
  });

  it('counts what was skipped apart, and no pace of what was rated elsewhere', () => {
    const [found] = raterFigures(
      [
        ...[1, 2, 3, 4].map((item) => answer(item, { tone: 3 }, { imported: true })),
        answer(5, {}, { skipReason: 'unclear' }),
      ],
      computing,
    );
    expect(found).toMatchObject({ done: 4, skipped: 1, biases: [] });
    expect(found?.pacePerHour).toBeUndefined();
  });
});
