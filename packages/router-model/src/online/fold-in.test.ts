import { seededRandom } from '@pointsman/statistics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../mathematics/matrix.ts';
import type { ModelStanding, ModelTable } from '../model/model-standing.ts';
import { foldIn } from './fold-in.ts';
import { answersOf, errorOf, expectedScore, randomModel, readingsOf, simulatedTable } from './test/simulated-models.ts';

const NEW = 'new-model';
const table = simulatedTable(1);
const readings = readingsOf(300, seededRandom(2));

function simulated(seed: number, count: number) {
  const random = seededRandom(seed);
  const model = randomModel(random);
  return { model, answers: answersOf(model, readingsOf(count, random), random) };
}

function standingIn({ models }: ModelTable, name = NEW): ModelStanding {
  const found = models.find((model) => model.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Largest difference in expected score of the new model between two tables. */
function gap(a: ModelTable, b: ModelTable): number {
  const [first, second] = [expectedScore(a, NEW), expectedScore(b, NEW)];
  return Math.max(...readings.map((reading) => Math.abs(first(reading) - second(reading))));
}

describe('foldIn', () => {
  it('learns the same in two portions as at once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 99 }), (seed, cut) => {
        const { answers } = simulated(seed, 100);
        const atOnce = foldIn(table, NEW, answers);
        const inTwo = foldIn(foldIn(table, NEW, answers.slice(0, cut)), NEW, answers.slice(cut));
        // Of 2,000 tries the worst gap was 0.017, abilities differed by 0.16 standard deviations at most.
        expect(gap(atOnce, inTwo)).toBeLessThan(0.04);
        const { ability, abilityVariance } = standingIn(atOnce);
        expect(Math.abs(standingIn(inTwo).ability - ability)).toBeLessThan(0.4 * Math.sqrt(abilityVariance));
        expect(standingIn(inTwo).rows).toBe(100);
      }),
      { numRuns: 40 },
    );
  });

  it('learns the same in whatever order answers come', () => {
    const { answers } = simulated(3, 60);
    expect(gap(foldIn(table, NEW, answers), foldIn(table, NEW, answers.toReversed()))).toBeLessThan(1e-9);
  });

  it('counts an answer of weight 2 like two of weight 1', () => {
    const { answers } = simulated(4, 30);
    const twice = foldIn(table, NEW, [...answers, ...answers]);
    const weighted = foldIn(
      table,
      NEW,
      answers.map((answer) => ({ ...answer, weight: 2 })),
    );
    expect(gap(twice, weighted)).toBeLessThan(1e-9);
  });

  it('is surer of a model with every portion of answers', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { answers } = simulated(seed, 320);
      let known = foldIn(table, NEW, []);
      expect(standingIn(known).abilityVariance).toBe(table.abilityPrior.variance);
      for (const [from, to] of [
        [0, 20],
        [20, 80],
        [80, 320],
      ]) {
        const before = standingIn(known);
        known = foldIn(known, NEW, answers.slice(from, to));
        expect(standingIn(known).abilityVariance).toBeLessThan(before.abilityVariance);
        const [former = [0], latter] = [before, standingIn(known)].map(
          ({ scores }) => scores.factual_accuracy?.skillPrecision,
        );
        expect(at(latter ?? [], 0)).toBeGreaterThan(at(former, 0));
      }
    }
  });

  it('comes closer to the truth the more answers there are, and beats the prior from the first ten', () => {
    const errors = new Map<number, number>();
    for (let seed = 100; seed < 112; seed += 1) {
      const { model, answers } = simulated(seed, 300);
      for (const count of [0, 10, 30, 100, 300]) {
        const error = errorOf(foldIn(table, NEW, answers.slice(0, count)), NEW, model, readings);
        errors.set(count, (errors.get(count) ?? 0) + error / 12);
      }
    }
    const [prior = 0, ten = 0, thirty = 0, hundred = 0, all = 0] = errors.values();
    expect(ten).toBeLessThan(0.75 * prior);
    expect(thirty).toBeLessThan(ten);
    expect(hundred).toBeLessThan(thirty);
    expect(all).toBeLessThan(hundred);
    expect(all).toBeLessThan(0.085);
  });

  it('leaves a known model where it was when the answers are as expected of it', () => {
    const [known] = table.models;
    if (known === undefined) throw new Error('the table has models');
    const expected = expectedScore(table, known.name);
    const answers = readings.map((reading) => ({ reading, scores: { factual_accuracy: expected(reading) } }));
    const after = standingIn(foldIn(table, known.name, answers), known.name);
    expect(after.ability).toBeCloseTo(known.ability, 0);
    expect(foldIn(table, known.name, [])).toBe(table);
    expect(foldIn(table, known.name, answers).models.slice(1)).toEqual(table.models.slice(1));
  });

  it('passes over dimensions without a head and learns lengths without any score', () => {
    const [reading] = readings;
    if (reading === undefined) throw new Error('there are readings');
    const learned = standingIn(foldIn(table, NEW, [{ reading, scores: { tone: 1 }, outputTokens: 5_000 }]));
    expect(learned).toMatchObject({ rows: 0, ability: table.abilityPrior.mean, scores: {} });
    expect(learned.length?.level).toBeGreaterThan(0.3);
  });

  it('takes up 300 answers in well under a second', () => {
    const { answers } = simulated(5, 300);
    const started = performance.now();
    foldIn(table, NEW, answers);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
