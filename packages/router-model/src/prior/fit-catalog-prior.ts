import { pearson } from '@pointsman/statistics';
import { cholesky, solveCholesky } from '../mathematics/cholesky.ts';
import { at, dot, zeros } from '../mathematics/matrix.ts';
import type { ModelTable } from '../model/model-standing.ts';
import { abilityFromFacts, type CatalogPrior, factNumbers, type Regression } from './catalog-prior.ts';
import type { ModelFacts } from './model-facts.ts';

type Known = { facts: ModelFacts; ability: number };

/** Fewer models cannot tell price from date from chance. */
const LEAST_MODELS = 8;
/** On standardised facts, as if each coefficient of zero had been seen on two models; 0.5 to 5 predicted equally well. */
const RIDGE = 2;
/** How many models a family's zero effect is worth; 1 to 5 predicted equally well. */
const FAMILY_WORTH = 2;

/**
 * Learns from the models that both a catalogue and evaluations know how ability goes with price, date, reasoning and
 * family. `undefined` when there are fewer than 8 of them.
 */
export function fitCatalogPrior(
  { models }: Pick<ModelTable, 'models'>,
  catalog: readonly ModelFacts[],
): CatalogPrior | undefined {
  const abilities = new Map(models.map(({ name, ability }) => [name, ability]));
  const known = knownModels(catalog, abilities);
  if (known.length < LEAST_MODELS) return undefined;
  const predicted = known.map(({ facts }, n) => abilityFromFacts(fit(known.toSpliced(n, 1)), facts).mean);
  const errors = known.map(({ ability }, n) => ability - at(predicted, n));
  const residualVariance = Math.max(dot(errors, errors) / errors.length, LEAST_VARIANCE);
  const covered = known.filter(({ facts, ability }, n) => {
    const { mean, variance } = abilityFromFacts(fit(known.toSpliced(n, 1), residualVariance), facts);
    return Math.abs(ability - mean) <= NINETY_PERCENT * Math.sqrt(variance);
  });
  const correlation = pearson(
    predicted,
    known.map(({ ability }) => ability),
  );
  return {
    ...fit(known, residualVariance),
    leaveOneOut: { correlation: correlation ?? 0, coverage: covered.length / known.length },
  };
}

/** Abilities of equal models differ by as much between benchmarks: a standard deviation of 0.1. */
const LEAST_VARIANCE = 0.01;
const NINETY_PERCENT = 1.645;

/** Each evaluated model once, with the facts of the catalogue entry that names it most narrowly. */
function knownModels(catalog: readonly ModelFacts[], abilities: ReadonlyMap<string, number>): Known[] {
  const found = new Map<string, Known>();
  for (const facts of catalog) {
    const name = facts.names.find((candidate) => abilities.has(candidate));
    const ability = name === undefined ? undefined : abilities.get(name);
    if (name === undefined || ability === undefined) continue;
    const former = found.get(name);
    if (former === undefined || facts.names.length < former.facts.names.length) found.set(name, { facts, ability });
  }
  return [...found.values()];
}

function fit(known: readonly Known[], residualVariance = 1): Regression {
  const numbers = known.map(({ facts }) => factNumbers(facts));
  const moments = [0, 1, 2].map((i) => momentsOf(numbers.flatMap((row) => row[i] ?? [])));
  const size = moments.length;
  const standard = numbers.map((row) => moments.map(({ mean, deviation }, i) => ((row[i] ?? mean) - mean) / deviation));
  const meanAbility = known.reduce((sum, { ability }) => sum + ability, 0) / known.length;
  const products = zeros(size, size);
  const target = new Float64Array(size);
  standard.forEach((row, n) => {
    row.forEach((a, i) => {
      target[i] = at(target, i) + a * ((known[n]?.ability ?? 0) - meanAbility);
      row.forEach((b, j) => {
        products.data[i * size + j] = at(products.data, i * size + j) + a * b;
      });
    });
  });
  const factor = cholesky(products, RIDGE);
  const coefficients = solveCholesky(factor, target);
  const unit = (i: number): number[] => moments.map((_, j) => (i === j ? 1 : 0));
  return {
    models: known.length,
    meanAbility,
    facts: moments.map((moment, i) => ({ ...moment, coefficient: at(coefficients, i) })),
    covariance: moments.flatMap((_, i) => [...solveCholesky(factor, unit(i))]),
    families: familyEffects(
      known,
      standard.map((row) => meanAbility + dot(row, coefficients)),
    ),
    residualVariance,
  };
}

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length, 1);
  // A fact that never varies says nothing, whatever its scale.
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function familyEffects(known: readonly Known[], expected: readonly number[]): Record<string, number> {
  const totals = new Map<string, { sum: number; count: number }>();
  known.forEach(({ facts: { family }, ability }, n) => {
    if (family === undefined) return;
    const { sum, count } = totals.get(family) ?? { sum: 0, count: 0 };
    totals.set(family, { sum: sum + ability - at(expected, n), count: count + 1 });
  });
  return Object.fromEntries([...totals].map(([family, { sum, count }]) => [family, sum / (count + FAMILY_WORTH)]));
}
