import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { normal } from '../online/test/simulated-models.ts';
import { abilityFromFacts, type CatalogPrior } from './catalog-prior.ts';
import { fitCatalogPrior } from './fit-catalog-prior.ts';
import type { ModelFacts } from './model-facts.ts';

type Known = { facts: ModelFacts; ability: number };

const yearsAfter2023 = (date: string): number => (Date.parse(date) - Date.parse('2023-01-01')) / (365.25 * 86_400_000);

/** Models whose ability goes with the logarithm of the price and the date, but for a normal error of 0.2. */
function someModels(count: number, seed: number): Known[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const outputMicroUsdPerMtok = Math.round(100_000 * Math.exp(5 * random()));
    const releaseDate = `202${3 + Math.floor(2 * random())}-0${1 + Math.floor(9 * random())}-15`;
    const family = random() < 0.5 ? 'modest' : 'gifted';
    const ability =
      0.3 * Math.log(outputMicroUsdPerMtok / 1_000_000) +
      0.6 * yearsAfter2023(releaseDate) +
      (family === 'gifted' ? 0.5 : 0) +
      0.2 * normal(random);
    return {
      ability,
      facts: { names: [`model-${n}`], outputMicroUsdPerMtok, releaseDate, reasoning: n % 9 === 0, family },
    };
  });
}

const fitted = (known: readonly Known[]): CatalogPrior => {
  const prior = fitCatalogPrior(
    tableOf(known),
    known.map(({ facts }) => facts),
  );
  if (prior === undefined) throw new Error('too few models');
  return prior;
};

const tableOf = (known: readonly Known[]) => ({
  models: known.map(({ facts, ability }) => ({
    name: facts.names.at(-1) ?? '',
    rows: 100,
    ability,
    abilityVariance: 0,
    scores: {},
  })),
});

describe('fitCatalogPrior', () => {
  it('predicts models it has not seen, and says how well', () => {
    const prior = fitted(someModels(30, 1));
    expect(prior.leaveOneOut.correlation).toBeGreaterThan(0.7);
    const strangers = someModels(300, 2).map(({ facts, ability }) => ({ ability, ...abilityFromFacts(prior, facts) }));
    const squares = strangers.map(({ ability, mean }) => (ability - mean) ** 2);
    expect(Math.sqrt(squares.reduce((a, b) => a + b, 0) / 300)).toBeLessThan(0.3);
    const covered = strangers.filter(
      ({ ability, mean, variance }) => Math.abs(ability - mean) < 1.645 * Math.sqrt(variance),
    );
    expect(covered.length / 300).toBeGreaterThan(0.85);
    expect(covered.length / 300).toBeLessThan(0.97);
  });

  it('takes dearer and newer models, and those of a good family, for better', () => {
    const prior = fitted(someModels(30, 1));
    const [model] = someModels(1, 3);
    if (model === undefined) throw new Error('no model');
    const usual = { ...model.facts, family: 'modest', releaseDate: '2024-01-01', outputMicroUsdPerMtok: 1_000_000 };
    const ability = (change: Partial<ModelFacts>): number => abilityFromFacts(prior, { ...usual, ...change }).mean;
    expect(ability({ outputMicroUsdPerMtok: 10_000_000 })).toBeGreaterThan(ability({}) + 0.3);
    expect(ability({ releaseDate: '2025-01-01' })).toBeGreaterThan(ability({}) + 0.3);
    expect(ability({ family: 'gifted' })).toBeGreaterThan(ability({}) + 0.2);
  });

  it('is less sure of models unlike those it learned from, and of facts that are missing', () => {
    const prior = fitted(someModels(30, 1));
    const usual: ModelFacts = {
      names: [],
      outputMicroUsdPerMtok: 1_000_000,
      releaseDate: '2024-06-01',
      reasoning: false,
      family: undefined,
    };
    const variance = (change: Partial<ModelFacts>): number => abilityFromFacts(prior, { ...usual, ...change }).variance;
    for (const change of [
      { releaseDate: '2030-01-01' },
      { releaseDate: undefined },
      { releaseDate: 'soon' },
      { outputMicroUsdPerMtok: 0 },
    ])
      expect(variance(change)).toBeGreaterThan(1.2 * variance({}));
  });

  it('counts a model once, by the entry that names it most narrowly', () => {
    const known = someModels(10, 4);
    const [first] = known;
    if (first === undefined) throw new Error('no model');
    const alias = { ...first.facts, names: ['latest', ...first.facts.names], outputMicroUsdPerMtok: 999_000_000 };
    const facts = known.map((model) => model.facts);
    expect(fitCatalogPrior(tableOf(known), [alias, ...facts, alias])).toEqual(fitCatalogPrior(tableOf(known), facts));
  });

  it('learns nothing from a handful of models', () => {
    const known = someModels(7, 5);
    expect(
      fitCatalogPrior(
        tableOf(known),
        known.map(({ facts }) => facts),
      ),
    ).toBeUndefined();
  });
});
