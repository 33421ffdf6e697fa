import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { syntheticRows } from '../../test/synthetic-rows.ts';
import { numberGroups } from './bootstrap-figures.ts';
import type { HeldOutCell } from './held-out-cell.ts';
import { measureChoices } from './measure-choices.ts';
import type { Pool } from './pool-requests.ts';

const RESAMPLING = { resamples: 300, seed: 2 };
const SAMPLE = syntheticRows(1, 1)[0] ?? expect.fail('no row');

type Case = { characters: number; strong: number; weak: number; predicted: number; kinds?: number };

/** A strong model at 10 per character and a weak one at a tenth of that; `predicted` is the gain of the strong one. */
function poolOf(cases: readonly Case[], isPriced = true): Pool {
  const requests = cases.map(({ characters, strong, weak, predicted, kinds = 0 }, group) => {
    const row = { ...SAMPLE, prompt: { ...SAMPLE.prompt, characters } };
    const cell = (model: string, outcome: number, mean: number, kindAverage: number): HeldOutCell => ({
      model,
      dimension: 'factual_accuracy',
      outcome,
      estimates: {
        learned: { mean, spread: 0.1 },
        'kind-averages': { mean: kindAverage, spread: 0.1 },
        blind: { mean: kindAverage, spread: 0.1 },
      },
      domainAverage: 0,
      hashedRidge: 0,
      globalAverage: 0,
      costNanoUsd: isPriced ? characters * (model === 'strong' ? 10 : 1) : undefined,
    });
    const cells = [cell('strong', strong, 0.5 + predicted, 0.5 + kinds), cell('weak', weak, 0.5, 0.5)];
    const expectedCosts = isPriced ? [characters * 10, characters] : [0, 0];
    return { request: { row, group, domain: 'd', cells, tokens: [] }, cells, expectedCosts };
  });
  const models = [
    { name: 'strong', expectedCost: isPriced ? 10_000 : 0, expectedScore: 0.7 },
    { name: 'weak', expectedCost: isPriced ? 1_000 : 0, expectedScore: 0.5 },
  ];
  return { source: 's', isPriced, models, requests, groups: numberGroups(cases.keys()) };
}

const random = seededRandom(4);
const skillOf = (cases: readonly Case[], isPriced?: boolean) => {
  const [all, each] = measureChoices([poolOf(cases, isPriced)], RESAMPLING);
  if (all === undefined || each === undefined) throw new Error('nothing was measured');
  expect({ ...all, source: 's' }).toEqual(each);
  return all;
};

/** Half of the requests need the strong model; a router that knows gains a quarter over the shuffle of its choices. */
const clairvoyant = Array.from({ length: 400 }, (_, n): Case => {
  const isHard = n % 2 === 0;
  return { characters: 900 + (n % 7), strong: 1, weak: isHard ? 0 : 1, predicted: isHard ? 1 : 0 };
});

describe('measureChoices', () => {
  it('gives a router that knows who needs the strong model what the shuffle loses', () => {
    const { learned, kindAverages, learnedVersusKinds } = skillOf(clairvoyant);
    expect(learned.quality).toMatchObject({ value: expect.closeTo(0.25, 1) });
    expect('low' in learned.quality && learned.quality.low).toBeGreaterThan(0.2);
    expect(learned.cost).toMatchObject({ value: expect.closeTo(0, 2) });
    // Kind averages say the same of every request: they always choose alike, and shuffling changes nothing.
    expect(kindAverages.quality).toEqual({ value: 0, low: 0, high: 0 });
    expect('low' in learnedVersusKinds && learnedVersusKinds.low).toBeGreaterThan(0);
  });

  it('gives nothing to a router that guesses', () => {
    const guesses = clairvoyant.map((own) => ({ ...own, predicted: random() < 0.5 ? 1 : 0 }));
    const { quality } = skillOf(guesses).learned;
    expect('low' in quality && quality.low < 0 && quality.high > 0).toBe(true);
  });

  it('gives nothing for length alone: the shuffle deals among requests that are about as long', () => {
    const cases = Array.from({ length: 400 }, (_, n): Case => {
      const isLong = n % 2 === 0;
      return { characters: isLong ? 1_500 + n : 500 + n, strong: 1, weak: isLong ? 0 : 1, predicted: isLong ? 1 : 0 };
    });
    const { learned } = skillOf(cases);
    expect(learned.quality).toMatchObject({ value: expect.closeTo(0, 2) });
    expect(learned.cost).toMatchObject({ value: expect.closeTo(0, 2) });
  });

  it('chooses for quality alone where nobody knows the costs', () => {
    const rivals = clairvoyant.map((own) => ({ ...own, strong: 1 - own.weak, predicted: own.weak === 0 ? 1 : -1 }));
    const { learned } = skillOf(rivals, false);
    expect(learned).toMatchObject({ quality: { value: expect.closeTo(0.5, 1) }, cost: undefined });
  });

  it('weighs pools by their requests', () => {
    const useless = clairvoyant.map((own) => ({ ...own, predicted: 1 }));
    const [all] = measureChoices([poolOf(clairvoyant), poolOf([...useless, ...useless, ...useless])], RESAMPLING);
    expect(all?.learned.quality).toMatchObject({ value: expect.closeTo(0.25 / 4, 2) });
    expect(all?.requests).toBe(1_600);
    expect(measureChoices([], RESAMPLING)).toEqual([]);
  });
});
