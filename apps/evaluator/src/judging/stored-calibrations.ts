import type { ScoreMap } from '@pointsman/benchmark';
import { DIMENSIONS, type Dimension, type JudgeIdentity } from '@pointsman/contracts';
import type { Repositories, StoredCalibration } from '@pointsman/db';
import { applyCalibration, type Calibration, calibrationSchema } from '@pointsman/judge/calibration';
import { stretched } from './people-scale.ts';

/** A map from the judge's raw scores to people's scale, both in [0, 1], with a word on it; or why there is none. */
export type UsableCalibration = { map: ScoreMap; detail: string } | { map?: undefined; detail: string };

/**
 * What is known of a judge's scores by dimension: a map only where a calibration was fitted for exactly this model,
 * prompt, rubrics and sampling, answered by who answers now, a provider or the emulator.
 */
export async function storedCalibrations(
  { calibrations }: Pick<Repositories, 'calibrations'>,
  identity: JudgeIdentity,
  emulated: boolean,
): Promise<Partial<Record<Dimension, UsableCalibration>>> {
  const [own, ofModel] = await Promise.all([
    calibrations.ofJudge(identity.hash, emulated),
    calibrations.ofModel(identity.model, emulated),
  ]);
  const usable = DIMENSIONS.flatMap((dimension): [Dimension, UsableCalibration][] => {
    const fitted = own.find((one) => one.dimension === dimension);
    if (fitted !== undefined) return [[dimension, usableCalibration(fitted, identity)]];
    const near = ofModel.find((one) => one.dimension === dimension);
    return near === undefined ? [] : [[dimension, { detail: otherText(near, identity) }]];
  });
  return Object.fromEntries(usable);
}

/** The maps alone. */
export async function storedMaps(
  repositories: Pick<Repositories, 'calibrations'>,
  identity: JudgeIdentity,
  emulated: boolean,
): Promise<Partial<Record<Dimension, ScoreMap>>> {
  const found = Object.entries(await storedCalibrations(repositories, identity, emulated));
  return Object.fromEntries(found.flatMap(([dimension, { map }]) => (map === undefined ? [] : [[dimension, map]])));
}

/** @throws {z.ZodError} when what is stored is no calibration. */
export const readCalibration = ({ body }: Pick<StoredCalibration, 'body'>): Calibration =>
  calibrationSchema.parse(body);

function usableCalibration(stored: StoredCalibration, judge: JudgeIdentity): UsableCalibration {
  const calibration = readCalibration(stored);
  const identity = { ...calibration.identity, judge: judge.hash, dimension: stored.dimension };
  const [low, high] = calibration.identity.rawScale;
  const probe = applyCalibration(calibration, identity, { score: (low + high) / 2 });
  if (probe.status === 'not-calibrated') return { detail: probe.why };
  const map: ScoreMap = (score) => {
    const found = applyCalibration(calibration, identity, { score: stretched(score, [0, 1], [low, high]) });
    if (found.status === 'not-calibrated') throw new Error(`a calibration that held no longer does: ${found.why}`);
    return stretched(found.value, calibration.identity.scale, [0, 1]);
  };
  return { map, detail: calibrationText(calibration) };
}

/** Method, labels and held-out error in one line. */
export function calibrationText({ model, labels, groups, error, fittedAt }: Calibration): string {
  const rmse =
    'tooFew' in error.rmse
      ? 'too few samples'
      : `${error.rmse.estimate.toFixed(2)} (${error.rmse.low.toFixed(2)} to ${error.rmse.high.toFixed(2)})`;
  return `${model.method} on ${labels} labels of ${groups} cases, held-out error ${rmse} points, fitted ${fittedAt.slice(0, 10)}`;
}

/** Why a calibration of the same model is not this judge's. */
function otherText({ judge, dimension, createdAt }: StoredCalibration, wanted: JudgeIdentity): string {
  const [was, is] = [judge.rubrics[dimension], wanted.rubrics[dimension]];
  const differences = [
    judge.promptHash === wanted.promptHash ? undefined : 'prompt',
    was?.hash === is?.hash ? undefined : 'rubric',
    judge.samples === wanted.samples ? undefined : `number of samples (${judge.samples})`,
    judge.temperature === wanted.temperature ? undefined : `temperature (${judge.temperature})`,
  ].filter((difference) => difference !== undefined);
  const what = differences.length === 0 ? 'set of rubrics' : differences.join(' and ');
  return `not calibrated: ${judge.model} was, on ${createdAt.slice(0, 10)}, with another ${what}`;
}
