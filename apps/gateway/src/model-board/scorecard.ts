import type { BoardCell, Metric, ModelPlane, Standing } from '@pointsman/contracts';

/** The part of requests or cases that is looked at; absent: all of them. */
export type Slice = { domain?: string | undefined; task?: string | undefined };

/** What one source says of models: the plane and the board are made of this, whatever the source. */
export type Scorecard = {
  /** Where it comes from, as people are told. */
  origin: Pick<ModelPlane, 'router' | 'benchmark' | 'reference'>;
  /** Catalogue ids of the models it knows beside those that are served now. */
  models: readonly string[];
  /** Undefined: not measured. Without a value: too few to say. */
  score(model: string, slice: Slice, metric: Metric): BoardCell | undefined;
  cost(model: string, slice: Slice): { nanoUsd: number; isEstimated: boolean } | undefined;
  /** Requests behind it, where it is traffic. */
  requests?(model: string): number | undefined;
  /** The evaluation run behind it, where there is one. */
  runId?(model: string): string | undefined;
};

/** What the router's estimates of a model stand on. */
export type StandingOf = (model: string) => Standing;
