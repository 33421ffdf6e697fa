import { type Label, positionsOf } from '../agreement/label.ts';

export type RaterLabel<T extends Label> = { item: string; rater: string; label: T };

export type DawidSkeneOptions<T extends Label> = {
  /** The labels that occur, in order of appearance, when absent. */
  categories?: readonly T[] | undefined;
  /** 500 when absent. */
  mostIterations?: number | undefined;
  /** Converged when no probability of an item moves by more; 1e-6 when absent. */
  tolerance?: number | undefined;
};

/** All lists of numbers are in the order of `categories`. */
export type DawidSkeneFit<T extends Label> = {
  categories: T[];
  /** The share of items of each category. */
  prior: number[];
  /** The likeliest category of each item, and the probability of each. */
  items: { item: string; label: T; probabilities: number[] }[];
  /** `confusion[truth][label]`: how often the rater gives each label to items of each category; even where none is known. */
  raters: { rater: string; confusion: number[][] }[];
  iterations: number;
  converged: boolean;
};

/**
 * What items truly are and how often each rater errs, from labels alone: the maximum likelihood of a model in which raters
 * err independently given the truth, by expectation maximisation from the shares of labels (Dawid and Skene 1979).
 *
 * A rater may label an item several times or not at all. The truth is known only through the raters: where most of them
 * err alike, so does it. Undefined without labels.
 *
 * @throws RangeError when a label is not among the categories, or a category is named twice.
 */
export function dawidSkene<T extends Label>(
  labels: readonly RaterLabel<T>[],
  options: DawidSkeneOptions<T> = {},
): DawidSkeneFit<T> | undefined {
  const { mostIterations = 500, tolerance = 1e-6 } = options;
  const categories = [...(options.categories ?? new Set(labels.map(({ label }) => label)))];
  const [items, raters] = [indexed(labels.map(({ item }) => item)), indexed(labels.map(({ rater }) => rater))];
  const votes = votesOf(labels, { items, raters, categories: positionsOf(categories) });
  if (votes.length === 0) return undefined;
  const size = { items: items.size, raters: raters.size, categories: categories.length };
  let posterior = sharesOfVotes(votes, size);
  let model = mostLikelyModel(votes, posterior, size);
  let [iterations, moved] = [0, Number.POSITIVE_INFINITY];
  while (iterations < mostIterations && moved > tolerance) {
    const next = posteriorUnder(model, votes, size);
    moved = largestDifference(posterior, next);
    posterior = next;
    model = mostLikelyModel(votes, posterior, size);
    iterations += 1;
  }
  return {
    categories,
    prior: model.prior,
    items: [...items].map(([item, at]) => ({ item, ...likeliest(posterior[at] ?? [], categories) })),
    raters: [...raters].map(([rater, at]) => ({ rater, confusion: model.confusion[at] ?? [] })),
    iterations,
    converged: moved <= tolerance,
  };
}

/** By position among items, raters and categories. */
type Vote = { item: number; rater: number; label: number };
type Size = { items: number; raters: number; categories: number };
type Model = { prior: number[]; confusion: number[][][] };

function indexed(names: readonly string[]): Map<string, number> {
  return new Map([...new Set(names)].map((name, index) => [name, index]));
}

function votesOf<T extends Label>(
  labels: readonly RaterLabel<T>[],
  {
    items,
    raters,
    categories,
  }: { items: Map<string, number>; raters: Map<string, number>; categories: Map<T, number> },
): Vote[] {
  return labels.map(({ item, rater, label }) => {
    const position = categories.get(label);
    if (position === undefined) throw new RangeError(`Label ${label} is not among the categories`);
    return { item: items.get(item) ?? 0, rater: raters.get(rater) ?? 0, label: position };
  });
}

function sharesOfVotes(votes: readonly Vote[], size: Size): number[][] {
  const counts = zeros(size.items, size.categories);
  for (const { item, label } of votes) add(counts[item], label, 1);
  return counts.map(shares);
}

function mostLikelyModel(votes: readonly Vote[], posterior: readonly number[][], size: Size): Model {
  const prior = zeros(1, size.categories)[0] ?? [];
  for (const row of posterior) for (const [truth, probability] of row.entries()) add(prior, truth, probability);
  const confusion = Array.from({ length: size.raters }, () => zeros(size.categories, size.categories));
  for (const { item, rater, label } of votes) {
    for (const [truth, probability] of (posterior[item] ?? []).entries()) {
      add(confusion[rater]?.[truth], label, probability);
    }
  }
  return { prior: shares(prior), confusion: confusion.map((rows) => rows.map(shares)) };
}

function posteriorUnder({ prior, confusion }: Model, votes: readonly Vote[], size: Size): number[][] {
  const logs = Array.from({ length: size.items }, () => prior.map(Math.log));
  for (const { item, rater, label } of votes) {
    for (const [truth, row] of (confusion[rater] ?? []).entries()) add(logs[item], truth, Math.log(row[label] ?? 0));
  }
  return logs.map((row) => {
    const largest = Math.max(...row);
    return shares(row.map((log) => Math.exp(log - largest)));
  });
}

function likeliest<T>(probabilities: number[], categories: readonly T[]): { label: T; probabilities: number[] } {
  const [label] = categories.slice(probabilities.indexOf(Math.max(...probabilities)));
  if (label === undefined) throw new RangeError('An item needs a category');
  return { label, probabilities };
}

function largestDifference(before: readonly number[][], after: readonly number[][]): number {
  const differences = after.flatMap((row, item) => row.map((value, at) => Math.abs(value - (before[item]?.[at] ?? 0))));
  return differences.reduce((most, difference) => Math.max(most, difference), 0);
}

function zeros(rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));
}

function add(row: number[] | undefined, at: number, amount: number): void {
  if (row !== undefined) row[at] = (row[at] ?? 0) + amount;
}

/** Even where all are 0: nothing is known. */
function shares(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (total === 0 ? 1 / values.length : value / total));
}
