import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import {
  type Calibration,
  type PastRun,
  type SwapAnchor,
  type SwapReport,
  swapReport,
} from '@pointsman/judge/calibration';
import { mean, variance } from '@pointsman/statistics';
import type { RatedReply } from './annotated-replies.ts';
import { calibrationOf } from './calibration-of.ts';
import { isJudgingRun } from './judging-run.ts';
import type { OpenedJudge } from './open-judge.ts';
import type { JudgedRating } from './score-replies.ts';
import { readCalibration } from './stored-calibrations.ts';

export type DimensionSwap = { dimension: Dimension } & ({ report: SwapReport } | { cannot: string });

export type Swap = {
  anchors: readonly RatedReply[];
  /** In the order of the anchors. */
  old: { judge: OpenedJudge; judged: readonly JudgedRating[] };
  next: { judge: OpenedJudge; judged: readonly JudgedRating[] };
  emulated: boolean;
  /** ISO time. */
  at: string;
};

/** What changing the judge changes, dimension by dimension; the calibrations of the new judge are not stored here. */
export async function swapJudges(
  { anchors, old, next, emulated, at }: Swap,
  repositories: Pick<Repositories, 'calibrations' | 'evaluationRuns'>,
): Promise<DimensionSwap[]> {
  const stored = await repositories.calibrations.ofJudge(old.judge.identity.hash, emulated);
  const past = await pastRuns(repositories.evaluationRuns, old.judge, emulated);
  const rated = DIMENSIONS.filter((dimension) => anchors.some(({ ratings }) => ratings.has(dimension)));
  return rated.map((dimension): DimensionSwap => {
    const found = stored.find((one) => one.dimension === dimension);
    if (found === undefined) {
      const model = old.judge.identity.model;
      return { dimension, cannot: `${model} has no calibration to restate from: judge calibrate --judge ${model}` };
    }
    const calibration = readCalibration(found);
    const report = swapReport({
      anchors: swapAnchors(anchors, [old.judged, next.judged], dimension),
      old: calibration,
      next: calibrationOf(next.judge.identity, dimension, next.judge.configuration.rubrics),
      history: past.map((run) => pastRunOn(run, dimension, calibration)).filter(({ replies }) => replies.length > 0),
      sampleSd: sampleSd([...old.judged, ...next.judged], dimension, calibration),
      fittedAt: at,
    });
    return { dimension, report };
  });
}

function swapAnchors(
  anchors: readonly RatedReply[],
  [old, next]: readonly [readonly JudgedRating[], readonly JudgedRating[]],
  dimension: Dimension,
): SwapAnchor[] {
  return anchors.flatMap(({ caseHash, model, ratings }, index) => {
    const [own, was, is] = [ratings.get(dimension), old[index]?.samples[dimension], next[index]?.samples[dimension]];
    if (own === undefined || was === undefined || is === undefined) return [];
    return [{ group: caseHash, system: model, old: { score: mean(was) }, next: { score: mean(is) }, ratings: own }];
  });
}

/** Of one sample about its mean for a reply, on people's scale; undefined where no reply has two samples. */
function sampleSd(
  judged: readonly JudgedRating[],
  dimension: Dimension,
  { identity: { scale, rawScale } }: Calibration,
): number | undefined {
  const variances = judged.flatMap(({ samples }) => {
    const own = samples[dimension];
    return own === undefined || own.length < 2 ? [] : [variance(own) / own.length];
  });
  if (variances.length === 0) return undefined;
  return Math.sqrt(mean(variances)) * ((scale[1] - scale[0]) / (rawScale[1] - rawScale[0]));
}

type Past = { name: string; items: Awaited<ReturnType<Repositories['evaluationRuns']['items']>> };

const MOST_RUNS = 1_000;

/** Finished runs that exactly this judge scored, a part for each contestant. */
async function pastRuns(
  runs: Repositories['evaluationRuns'],
  { identity }: OpenedJudge,
  emulated: boolean,
): Promise<Past[]> {
  const isPast = (run: StoredRun) =>
    run.status === 'finished' &&
    run.spec.judge.hash === identity.hash &&
    run.emulated === emulated &&
    !isJudgingRun(run);
  const past: Past[] = [];
  for (const run of (await runs.list(MOST_RUNS)).filter(isPast))
    for (const [place, { model, prompt }] of run.spec.contestants.entries())
      past.push({
        name: `${run.id} ${model}${prompt === undefined ? '' : ` (${prompt.name})`}`,
        items: await runs.items(run.id, place),
      });
  return past;
}

function pastRunOn({ name, items }: Past, dimension: Dimension, { identity }: Calibration): PastRun {
  const replies = items.flatMap(({ caseHash, verdicts }) => {
    const verdict = verdicts[dimension];
    return verdict.status === 'scored' && verdict.scorer === 'judge' ? [{ group: caseHash, score: verdict.score }] : [];
  });
  return { name, identity, replies };
}
