import {
  DIMENSIONS,
  DRIFT_FINDINGS,
  type DriftNight,
  dimensionSchema,
  type JudgeList,
  type ShownCalibration,
  type ShownJudge,
} from '@pointsman/contracts';
import type { Repositories, ScoringVerdict, StoredCalibration } from '@pointsman/db';
import { applyCalibration, type Calibration, calibrationSchema, type HeldOutError } from '@pointsman/judge/calibration';
import { z } from 'zod';

/** Steps of a drawn map. */
const MAP_STEPS = 20;

/** Every judge that was calibrated or watched: how its scores map to people's, and whether it still scores as it did. */
export async function listJudges({ judgeReading }: Pick<Repositories, 'judgeReading'>): Promise<JudgeList> {
  const [calibrations, scorings] = await Promise.all([judgeReading.calibrations(), judgeReading.scorings()]);
  const keyOf = ({ judge, emulated }: Pick<ShownJudge, 'judge' | 'emulated'>) => `${judge.hash} ${emulated}`;
  const known = new Map([...calibrations, ...scorings].map((one) => [keyOf(one), one]));
  const data = [...known].map(([key, { judge, emulated }]) =>
    shownJudge(
      { judge, emulated },
      calibrations.filter((one) => keyOf(one) === key),
      scorings.filter((one) => keyOf(one) === key),
    ),
  );
  // Real judges before emulated ones, then those looked at last.
  const latest = ({ calibrations: fitted, drift }: ShownJudge) =>
    [...fitted.map(({ fittedAt }) => fittedAt), ...drift.map(({ scoredAt }) => scoredAt)].toSorted().at(-1) ?? '';
  return {
    data: data.toSorted((a, b) => Number(a.emulated) - Number(b.emulated) || latest(b).localeCompare(latest(a))),
  };
}

function shownJudge(
  { judge, emulated }: Pick<ShownJudge, 'judge' | 'emulated'>,
  calibrations: readonly StoredCalibration[],
  scorings: readonly ScoringVerdict[],
): ShownJudge {
  const fitted = new Set(calibrations.map(({ dimension }) => dimension));
  const inOrder = DIMENSIONS.flatMap((dimension) => calibrations.filter((one) => one.dimension === dimension));
  return {
    judge,
    emulated,
    calibrations: inOrder.map(shownCalibration),
    uncalibrated: DIMENSIONS.filter((dimension) => !fitted.has(dimension)),
    drift: scorings.map(driftNight),
  };
}

function shownCalibration({ dimension, body }: StoredCalibration): ShownCalibration {
  const calibration = calibrationSchema.parse(body);
  const { model, labels, groups, fittedAt, identity, error, tried, reason, warnings, reliability } = calibration;
  return {
    dimension,
    method: model.method,
    labels,
    cases: groups,
    fittedAt,
    scale: identity.scale,
    error: shownError(error),
    tried: tried.map(shownError),
    reason,
    warnings,
    ...(reliability !== undefined && { ceiling: reliability.ceiling }),
    map: drawnMap(calibration),
  };
}

const shownError = ({ method, rmse, bias, spearman, badTailAuc }: HeldOutError): ShownCalibration['error'] => ({
  method,
  rmse,
  bias,
  spearman,
  ...(badTailAuc !== undefined && { badTailAuc }),
});

function drawnMap(calibration: Calibration): ShownCalibration['map'] {
  const [low, high] = calibration.identity.rawScale;
  return Array.from({ length: MAP_STEPS + 1 }, (_, step) => low + (step / MAP_STEPS) * (high - low)).flatMap(
    (score) => {
      const found = applyCalibration(calibration, calibration.identity, { score });
      return found.status === 'calibrated' ? [{ score, rating: found.value, spread: found.spread }] : [];
    },
  );
}

const foundSchema = z.object({
  verdict: z.enum(DRIFT_FINDINGS),
  anchors: z.int(),
  tests: z.array(z.object({ evidence: z.string(), adjustedP: z.number(), alarm: z.boolean() })).default([]),
});
/** What is kept of a night's verdict; null for the first scoring of a set. */
const nightSchema = z
  .object({
    verdict: z.enum(DRIFT_FINDINGS),
    watch: z.object({ alarm: z.boolean() }),
    dimensions: z.array(z.object({ dimension: dimensionSchema, found: foundSchema })).default([]),
  })
  .nullable();

function driftNight({ anchorSet, scoredAt, verdict }: ScoringVerdict): DriftNight {
  const night = nightSchema.parse(verdict);
  return {
    anchorSet,
    scoredAt,
    finding: night?.verdict ?? 'first',
    alarm: night?.watch.alarm ?? false,
    dimensions: (night?.dimensions ?? []).map(({ dimension, found: { verdict: finding, anchors, tests } }) => ({
      dimension,
      finding,
      anchors,
      evidence: tests.map(({ evidence, adjustedP, alarm }) => ({ text: evidence, p: adjustedP, alarm })),
    })),
  };
}
