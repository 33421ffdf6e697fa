import type { Dimension, NanoUsd } from '@pointsman/contracts';
import type { TrainingRow } from '../rows.ts';

/** One observed reply to a held-out request, with everything that was predicted of it. */
export type HeldOutCell = {
  model: string;
  dimension: Dimension;
  outcome: number;
  mean: number;
  spread: number;
  domainAverage: number;
  globalAverage: number;
  costNanoUsd: NanoUsd | undefined;
};

/** A held-out request. */
export type HeldOutRequest = {
  row: TrainingRow;
  /** `source|domain`. */
  domain: string;
  cells: HeldOutCell[];
  /** Observed and predicted tokens, and the model's average over the training rows. */
  tokens: { observed: number; predicted: number; average: number }[];
};

export const domainKey = (row: TrainingRow): string => `${row.source}|${row.domain ?? 'unlabelled'}`;
