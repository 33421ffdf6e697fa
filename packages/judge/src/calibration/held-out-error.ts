import { auc, bootstrapInterval, type Interval, spearman } from '@pointsman/statistics';
import type { CalibrationMethod, HeldOutError } from './calibration-schema.ts';
import type { HeldOut } from './cross-validate.ts';

export type ErrorOptions = {
  seed: number | string;
  resamples: number;
  /** Ratings below it are the bad tail; undefined where too few stand at the top for it to matter. */
  badBelow: number | undefined;
};

type GroupSums = { squares: number; errors: number; count: number };

/** What cross-validation says of one method, with intervals by bootstrap over groups; `excess` is against the best method. */
export function heldOutError(
  method: CalibrationMethod,
  heldOut: readonly HeldOut[],
  excess: HeldOutError['excessLoss'],
  options: ErrorOptions,
): HeldOutError {
  const { seed, resamples, badBelow } = options;
  const sums = [...groupSums(heldOut).values()];
  const ofGroups = (statistic: (groups: readonly GroupSums[]) => number) =>
    bootstrapInterval(sums, statistic, { seed, resamples });
  // Sorting every fold for every replicate is what costs here: one repeat, and no jackknife, give the same interval.
  const once = heldOut.filter(({ repeat }) => repeat === 0);
  const ofRanks = (statistic: (rows: readonly HeldOut[]) => number | undefined): Interval =>
    bootstrapInterval(once, statistic, {
      seed,
      resamples,
      method: 'percentile',
      groupOf: ({ label }) => label.group,
    });
  return {
    method,
    rmse: ofGroups((groups) => Math.sqrt(total(groups, 'squares') / total(groups, 'count'))),
    bias: ofGroups((groups) => total(groups, 'errors') / total(groups, 'count')),
    spearman: ofRanks((rows) => withinFolds(rows, (fold) => spearman(predictions(fold), targets(fold)))),
    ...(badBelow === undefined
      ? {}
      : { badTailAuc: ofRanks((rows) => withinFolds(rows, (fold) => badAuc(fold, badBelow))) }),
    excessLoss: excess,
  };
}

/** Sums over each group's held-out predictions, over all repeats. */
export function groupSums(heldOut: readonly HeldOut[]): Map<string, GroupSums> {
  const sums = new Map<string, GroupSums>();
  for (const { label, predicted } of heldOut) {
    const group = sums.get(label.group) ?? { squares: 0, errors: 0, count: 0 };
    const error = predicted - label.target;
    sums.set(label.group, {
      squares: group.squares + error ** 2,
      errors: group.errors + error,
      count: group.count + 1,
    });
  }
  return sums;
}

/** The mean over folds, by their size, of a figure of ranks; folds where it does not exist are left out. */
function withinFolds(
  rows: readonly HeldOut[],
  figure: (fold: readonly HeldOut[]) => number | undefined,
): number | undefined {
  let [sum, weight] = [0, 0];
  for (const fold of Map.groupBy(rows, ({ fold }) => fold).values()) {
    const value = figure(fold);
    if (value === undefined) continue;
    sum += value * fold.length;
    weight += fold.length;
  }
  return weight === 0 ? undefined : sum / weight;
}

const badAuc = (fold: readonly HeldOut[], badBelow: number) =>
  auc(
    fold.map(({ predicted }) => -predicted),
    fold.map(({ label }) => label.target < badBelow),
  );

const predictions = (rows: readonly HeldOut[]) => rows.map(({ predicted }) => predicted);
const targets = (rows: readonly HeldOut[]) => rows.map(({ label }) => label.target);

const total = (groups: readonly GroupSums[], key: keyof GroupSums) =>
  groups.reduce((sum, group) => sum + group[key], 0);
