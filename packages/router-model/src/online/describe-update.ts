import type { Dimension } from '@pointsman/contracts';
import type { Interval } from '@pointsman/statistics';
import { at } from '../mathematics/matrix.ts';
import type { ModelTable } from '../model/model-standing.ts';
import type { DecisionCounts } from './count-decisions.ts';
import type { DecisionFit } from './fit-decisions.ts';
import { normalInterval } from './normal-interval.ts';
import type { ScoredDecision } from './scored-decision.ts';

/** What an update changed. Shifts are in log odds: 0.4 turns a score of 0.50 into 0.60. */
export type UpdateReport = {
  /** Replies, in however many dimensions each was scored. */
  decisions: number;
  /** Scores in dimensions the artefact has no estimates of its own for. */
  passedOver: Partial<Record<Dimension, number>>;
  calibrations: { dimension: Dimension; scores: number; slope: Change; intercept: Change }[];
  /** Most decisions first. */
  models: UpdatedModel[];
  clients: { clientId: string; model: string; decisions: number; shift: Interval }[];
};

export type UpdatedModel = {
  name: string;
  /** Whether the artefact did not know it before. */
  isNew: boolean;
  decisions: number;
  /** Against what was served until now, over and above the calibration's change for all models. */
  shift: Interval;
  /** Mean score, and what the artefact predicted of the same replies and would predict now. */
  scored: number;
  predicted: Change;
};
type Change = { before: number; after: number };

type Update = {
  before: ModelTable;
  after: ModelTable;
  decisions: readonly ScoredDecision[];
  /** Those in dimensions with a head: what `fit` is about. */
  told: readonly ScoredDecision[];
  counts: DecisionCounts;
  fit: DecisionFit;
};

/** Says for people what an update learned. */
export function describeUpdate(update: Update): UpdateReport {
  const { decisions, told } = update;
  const dimensions = new Set(told.map(({ dimension }) => dimension));
  const passedOver: UpdateReport['passedOver'] = {};
  for (const { dimension } of decisions)
    if (!dimensions.has(dimension)) passedOver[dimension] = (passedOver[dimension] ?? 0) + 1;
  return {
    decisions: new Set(told.map(({ id }) => id)).size,
    passedOver,
    calibrations: calibrationsOf(update),
    models: modelsOf(update),
    clients: update.fit.found.flatMap(({ unknown, posterior }) => {
      if (unknown.of !== 'client') return [];
      const { clientId, model } = unknown;
      const replies = update.counts.repliesOf(unknown);
      return { clientId, model, decisions: replies, shift: normalInterval(posterior, replies) };
    }),
  };
}

function calibrationsOf({ before, after, told, counts }: Update): UpdateReport['calibrations'] {
  return before.heads.flatMap(({ dimension, calibration }, h) => {
    const now = after.heads[h]?.calibration;
    if (now === undefined || !counts.isCalibrated(dimension)) return [];
    return {
      dimension,
      scores: told.filter((decision) => decision.dimension === dimension).length,
      slope: { before: calibration.slope, after: now.slope },
      intercept: { before: calibration.intercept, after: now.intercept },
    };
  });
}

function modelsOf({ before, told, counts, fit }: Update): UpdatedModel[] {
  const known = new Set(before.models.map(({ name }) => name));
  const placesOf = Map.groupBy(told.keys(), (n) => told[n]?.model);
  const described = fit.found.flatMap(({ unknown, posterior }): UpdatedModel[] => {
    if (unknown.of !== 'model') return [];
    const places = placesOf.get(unknown.model) ?? [];
    const mean = (value: (n: number) => number): number => places.reduce((sum, n) => sum + value(n), 0) / places.length;
    const replies = counts.repliesOf(unknown);
    return [
      {
        name: unknown.model,
        isNew: !known.has(unknown.model),
        decisions: replies,
        shift: normalInterval(posterior, replies),
        scored: mean((n) => told[n]?.score ?? 0),
        predicted: { before: mean((n) => told[n]?.predictedMean ?? 0), after: mean((n) => at(fit.predicted, n)) },
      },
    ];
  });
  return described.sort((a, b) => b.decisions - a.decisions);
}
