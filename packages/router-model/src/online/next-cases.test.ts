import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { foldIn } from './fold-in.ts';
import { nextCases } from './next-cases.ts';
import { answersOf, errorOf, randomModel, readingsOf, simulatedTable } from './test/simulated-models.ts';

const NEW = 'new-model';
const table = simulatedTable(1);
const cases = readingsOf(400, seededRandom(2));
const unseen = readingsOf(300, seededRandom(3));
const kindOf = (index: number): number => {
  const kinds = cases[index]?.kinds ?? new Float64Array();
  return kinds.indexOf(Math.max(...kinds));
};

describe('nextCases', () => {
  it('chooses each case once, as many as asked for or there are', () => {
    const chosen = nextCases(table, NEW, cases, 50);
    expect(new Set(chosen).size).toBe(50);
    expect(nextCases(table, NEW, cases.slice(0, 7), 50).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(nextCases(table, NEW, [], 5)).toEqual([]);
  });

  it('spreads the first cases over kinds of request', () => {
    const kinds = new Set(nextCases(table, NEW, cases, 12).map(kindOf));
    expect(kinds.size).toBeGreaterThanOrEqual(10);
  });

  it('asks next for the kinds that were not asked yet', () => {
    const random = seededRandom(4);
    const ofFirstKind = cases.filter((_, n) => kindOf(n) === 0);
    const answered = foldIn(table, NEW, answersOf(randomModel(random), ofFirstKind, random));
    expect(nextCases(answered, NEW, cases, 11).map(kindOf)).not.toContain(0);
  });

  it('learns more from five answers than from five random ones', () => {
    const errors = { chosen: 0, random: 0 };
    for (let seed = 200; seed < 260; seed += 1) {
      const random = seededRandom(seed);
      const model = randomModel(random);
      const answers = answersOf(model, cases, random);
      const learn = (indices: readonly number[]) =>
        errorOf(
          foldIn(
            table,
            NEW,
            indices.flatMap((n) => answers[n] ?? []),
          ),
          NEW,
          model,
          unseen,
        );
      errors.chosen += learn(nextCases(table, NEW, cases, 5));
      errors.random += learn(Array.from({ length: 5 }, () => Math.floor(random() * cases.length)));
    }
    expect(errors.chosen).toBeLessThan(0.95 * errors.random);
  });
});
