import { z } from 'zod';
import { at } from '../mathematics/matrix.ts';
import type { Normal } from '../model/normal.ts';
import type { ModelFacts } from './model-facts.ts';

/** What a catalogue's facts let expect of the ability of a model nobody evaluated: a ridge regression and its errors. */
export const catalogPriorSchema = z.object({
  /** Models it was learned from, and their mean ability. */
  models: z.int().positive(),
  meanAbility: z.number(),
  /** Log output price, release year, reasoning, in this order: how known models vary, and what a standard deviation adds. */
  facts: z.array(z.object({ mean: z.number(), deviation: z.number().positive(), coefficient: z.number() })),
  /** Inverse of the regression's normal matrix, row after row: how uncertain the coefficients are, errors being 1. */
  covariance: z.array(z.number()),
  /** What a family adds, drawn towards nothing. */
  families: z.record(z.string(), z.number()),
  /** Mean square of what was off when each model in turn was predicted from the others. */
  residualVariance: z.number().positive(),
  /** Correlation of those predictions with the abilities, and the share within their 90 % intervals. */
  leaveOneOut: z.object({ correlation: z.number(), coverage: z.number() }),
});
export type CatalogPrior = z.infer<typeof catalogPriorSchema>;
/** All that predicting takes. */
export type Regression = Omit<CatalogPrior, 'leaveOneOut'>;

/**
 * What to believe of a model's ability by its facts. A fact the catalogue lacks is taken to be average and adds what it
 * could have changed to the variance; so does lying far from the models learned from, as today's do from those of 2024.
 */
export function abilityFromFacts(prior: Regression, facts: ModelFacts): Normal {
  const { coefficients, standard, missing } = standardised(prior, facts);
  const family = facts.family === undefined ? 0 : (ownEntry(prior.families, facts.family) ?? 0);
  const size = standard.length;
  let leverage = 1 / prior.models;
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j < size; j += 1)
      leverage += at(standard, i) * at(prior.covariance, i * size + j) * at(standard, j);
  return {
    mean: prior.meanAbility + family + standard.reduce((sum, value, i) => sum + value * at(coefficients, i), 0),
    variance: prior.residualVariance * (1 + leverage) + missing,
  };
}

function standardised(prior: Regression, facts: ModelFacts) {
  const given = factNumbers(facts);
  const coefficients = prior.facts.map(({ coefficient }) => coefficient);
  const standard = prior.facts.map(({ mean, deviation }, i) => {
    const value = given[i];
    return value === undefined ? 0 : (value - mean) / deviation;
  });
  const missing = coefficients.reduce((sum, value, i) => (given[i] === undefined ? sum + value * value : sum), 0);
  return { coefficients, standard, missing };
}

const MS_PER_YEAR = 365.25 * 24 * 3_600 * 1_000;

/** The facts as numbers, in the order of `CatalogPrior.facts`; absent where the catalogue does not say. */
export function factNumbers({ outputMicroUsdPerMtok, releaseDate, reasoning }: ModelFacts): (number | undefined)[] {
  const released = releaseDate === undefined ? Number.NaN : Date.parse(releaseDate);
  return [
    // What costs nothing runs on one's own machines: no price says how good it is.
    outputMicroUsdPerMtok > 0 ? Math.log(outputMicroUsdPerMtok) : undefined,
    Number.isNaN(released) ? undefined : 1_970 + released / MS_PER_YEAR,
    reasoning ? 1 : 0,
  ];
}

const ownEntry = (record: Record<string, number>, key: string): number | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
