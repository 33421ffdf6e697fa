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
  /** Mean cost within a source; `undefined` when none is known. */
  cost(model: string, source: string): NanoUsd | undefined;
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

export function trainingAverages(rows: readonly TrainingRow[]): TrainingAverages {
  const scores = new Means();
  const sources = new Means();
  const domains = new Means();
  const tokens = new Means();
  const costs = new Means();
  for (const row of rows)
    for (const { model, scores: observed, outputTokens, costNanoUsd } of row.observations) {
      for (const [dimension, score] of Object.entries(observed)) {
        scores.add(`${model}\n${dimension}`, score);
        sources.add(`${model}\n${dimension}\n${row.source}`, score);
        domains.add(`${model}\n${dimension}\n${domainKey(row)}`, score);
      }
      if (outputTokens !== undefined) tokens.add(model, outputTokens);
      if (costNanoUsd !== undefined) costs.add(`${model}\n${row.source}`, costNanoUsd);
    }
  const overall = (model: string, dimension: Dimension): number => scores.mean(`${model}\n${dimension}`) ?? 0.5;
  return {
    overall,
    inDomain: (model, dimension, row) =>
      domains.drawnTo(`${model}\n${dimension}\n${domainKey(row)}`, overall(model, dimension), OVERALL_WORTH),
    inSource: (model, dimension, source) => sources.mean(`${model}\n${dimension}\n${source}`),
    tokens: (model) => tokens.mean(model),
    cost: (model, source) => costs.mean(`${model}\n${source}`),
  };
}
