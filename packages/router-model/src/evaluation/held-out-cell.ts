import type { Dimension, NanoUsd, ScoreEstimate } from '@pointsman/contracts';
import type { TrainingRow } from '../rows.ts';
import type { ServingMode } from '../serving/serving-mode.ts';

/** One observed reply to a held-out request, with everything that was predicted of it. */
export type HeldOutCell = {
  model: string;
  dimension: Dimension;
  outcome: number;
  /** What the artefact would say in each mode. */
  estimates: Record<ServingMode, ScoreEstimate>;
  domainAverage: number;
  hashedRidge: number;
  globalAverage: number;
  costNanoUsd: NanoUsd | undefined;
};

/** A held-out request. */
export type HeldOutRequest = {
  row: TrainingRow;
  /** Near-duplicates share it: one piece of evidence. */
  group: number;
  /** `source|domain`. */
  domain: string;
  cells: HeldOutCell[];
  /** Observed and predicted tokens, and the model's average over the training rows. */
  tokens: { observed: number; predicted: number; average: number }[];
};

export const domainKey = (row: TrainingRow): string => `${row.source}|${row.domain ?? 'unlabelled'}`;

/** The ways to predict a score that an evaluation sets side by side. */
export const PREDICTORS = {
  router: (cell: HeldOutCell): number => cell.estimates.learned.mean,
  kindAverages: (cell: HeldOutCell): number => cell.estimates['kind-averages'].mean,
  domainAverage: (cell: HeldOutCell): number => cell.domainAverage,
  hashedRidge: (cell: HeldOutCell): number => cell.hashedRidge,
  globalAverage: (cell: HeldOutCell): number => cell.globalAverage,
} as const;
export type Predictor = keyof typeof PREDICTORS;
export const PREDICTOR_NAMES = Object.keys(PREDICTORS) as Predictor[];
