import type { Dimension, NanoUsd } from '@pointsman/contracts';
import type { TrainingRow } from '../rows.ts';
import { domainKey } from './held-out-cell.ts';

/** The baselines: averages over the rows the router learned from. */
export type TrainingAverages = {
  /** Mean score of a model over everything; 0.5 when it has none. */
  overall(model: string, dimension: Dimension): number;
  /** Mean score of a model in the row's own domain, drawn towards its overall mean. */
  inDomain(model: string, dimension: Dimension, row: TrainingRow): number;
  /** Mean score of a model within a source; `undefined` when it has none. */
  inSource(model: string, dimension: Dimension, source: string): number | undefined;
  /** Mean tokens; `undefined` when none were counted. */
  tokens(model: string): number | undefined;
  /** Cost within a source of a prompt of so many characters; the mean when absent. `undefined` when none is known. */
  cost(model: string, source: string, characters?: number): NanoUsd | undefined;
};

/** Worth of the overall mean in observations, as measured best for domain tables on the shared routing data. */
const OVERALL_WORTH = 5;

class Means {
  readonly #sums = new Map<string, { sum: number; count: number }>();

  add(key: string, value: number): void {
    const entry = this.#sums.get(key) ?? { sum: 0, count: 0 };
    entry.sum += value;
    entry.count += 1;
    this.#sums.set(key, entry);
  }

  mean(key: string): number | undefined {
    const entry = this.#sums.get(key);
    return entry === undefined ? undefined : entry.sum / entry.count;
  }

  drawnTo(key: string, anchor: number, worth: number): number {
    const { sum, count } = this.#sums.get(key) ?? { sum: 0, count: 0 };
    return (sum + worth * anchor) / (count + worth);
  }
}

/** Too few costs to tell how they grow with the prompt. */
const LEAST_COSTS = 20;

/** Least squares lines through (x, y), by key. */
class Lines {
  readonly #moments = new Map<string, { count: number; x: number; y: number; xx: number; xy: number }>();

  add(key: string, x: number, y: number): void {
    const moments = this.#moments.get(key) ?? { count: 0, x: 0, y: 0, xx: 0, xy: 0 };
    moments.count += 1;
    moments.x += x;
    moments.y += y;
    moments.xx += x * x;
    moments.xy += x * y;
    this.#moments.set(key, moments);
  }

  /** The value on the line, never below 0; the mean of y when `x` is absent or a line cannot be drawn. */
  value(key: string, x: number | undefined): number | undefined {
    const moments = this.#moments.get(key);
    if (moments === undefined) return undefined;
    const { count, x: sumX, y: sumY, xx, xy } = moments;
    const spread = xx - (sumX * sumX) / count;
    const mean = sumY / count;
    if (x === undefined || count < LEAST_COSTS || spread <= 0) return mean;
    return Math.max(0, mean + ((xy - (sumX * sumY) / count) / spread) * (x - sumX / count));
  }
}

export function trainingAverages(rows: readonly TrainingRow[]): TrainingAverages {
  const scores = new Means();
  const sources = new Means();
  const domains = new Means();
  const tokens = new Means();
  const costs = new Lines();
  for (const row of rows)
    for (const { model, scores: observed, outputTokens, costNanoUsd } of row.observations) {
      for (const [dimension, score] of Object.entries(observed)) {
        scores.add(`${model}\n${dimension}`, score);
        sources.add(`${model}\n${dimension}\n${row.source}`, score);
        domains.add(`${model}\n${dimension}\n${domainKey(row)}`, score);
      }
      if (outputTokens !== undefined) tokens.add(model, outputTokens);
      if (costNanoUsd !== undefined) costs.add(`${model}\n${row.source}`, row.prompt.characters, costNanoUsd);
    }
  const overall = (model: string, dimension: Dimension): number => scores.mean(`${model}\n${dimension}`) ?? 0.5;
  return {
    overall,
    inDomain: (model, dimension, row) =>
      domains.drawnTo(`${model}\n${dimension}\n${domainKey(row)}`, overall(model, dimension), OVERALL_WORTH),
    inSource: (model, dimension, source) => sources.mean(`${model}\n${dimension}\n${source}`),
    tokens: (model) => tokens.mean(model),
    cost: (model, source, characters) => costs.value(`${model}\n${source}`, characters),
  };
}
