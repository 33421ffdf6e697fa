import {
  applyCalibration,
  type CalibrationIdentity,
  fitCalibration,
  type SwapAnchor,
  swapReport,
} from '@pointsman/judge/calibration';
import { type Interval, mean, proportionInterval, seededRandom } from '@pointsman/statistics';
import { byDimension, FITTED_AT, JUDGE, type RatedReply, SCALE, scoreOf } from './judge-data.ts';

const OLD = 'gpt-3.5-turbo-0301/rts';
const QUICK_FIT = { fittedAt: FITTED_AT, repeats: 1, resamples: 50 };

export type HistorySection = {
  from: string;
  to: string;
  runs: number;
  /** Runs that could not be restated. */
  refused: number;
  /** How often the restated interval holds what the new judge, calibrated, in fact gives. */
  coverage: Interval;
  meanWidth: number;
};

/** Changes the judge on anchors of half the systems, restates the other systems' means, and compares with scoring them again. */
export function restateHistory(summeval: readonly RatedReply[], repeats: number): HistorySection {
  const random = seededRandom('history');
  const restated = [...byDimension(summeval).values()].flatMap((replies) =>
    Array.from({ length: repeats }, () => restateOnce(replies, random)).flat(),
  );
  const known = restated.filter((run) => run !== undefined);
  return {
    from: OLD,
    to: JUDGE,
    runs: restated.length,
    refused: restated.length - known.length,
    coverage: proportionInterval(known.filter(({ covers }) => covers).length, known.length),
    meanWidth: mean(known.map(({ width }) => width)),
  };
}

function restateOnce(replies: readonly RatedReply[], random: () => number) {
  const half = (names: readonly string[]) => {
    const drawn = names.map((name) => ({ name, order: random() })).sort((a, b) => a.order - b.order);
    return new Set(drawn.slice(0, Math.ceil(names.length / 2)).map(({ name }) => name));
  };
  const documents = half([...new Set(replies.map(({ group_id }) => group_id))]);
  const systems = half([...new Set(replies.map(({ system = '' }) => system))]);
  const isAnchor = ({ group_id, system = '' }: RatedReply) => documents.has(group_id) && systems.has(system);
  const isPast = ({ group_id, system = '' }: RatedReply) => !documents.has(group_id) && !systems.has(system);
  const anchors = replies.filter(isAnchor).map(asAnchor);
  const dimension = replies[0]?.dimension ?? '';
  const old = fitCalibration(
    anchors.map(({ old: reply, group, system, ratings }) => ({ ...reply, group, system, ratings })),
    { ...QUICK_FIT, identity: identityOf(OLD, dimension) },
  );
  if (old.status === 'refused') throw new Error(old.detail);
  const past = [...Map.groupBy(replies.filter(isPast), ({ system = '' }) => system)];
  const report = swapReport({
    ...QUICK_FIT,
    anchors,
    old: old.calibration,
    next: identityOf(JUDGE, dimension),
    history: past.map(([name, own]) => ({
      name,
      identity: identityOf(OLD, dimension),
      replies: own.map((reply) => ({ group: reply.group_id, score: scoreOf(reply, OLD) })),
    })),
  });
  const { refit } = report;
  if (refit.status === 'refused') throw new Error(refit.detail);
  return report.history.map((run) => {
    const own = past.find(([name]) => name === run.name)?.[1] ?? [];
    const actual = mean(own.map((reply) => calibratedScore(reply, refit.calibration)));
    if ('cannot' in run || 'tooFew' in run.restated) return undefined;
    const { low, high } = run.restated;
    return { covers: low <= actual && actual <= high, width: high - low };
  });
}

function calibratedScore(reply: RatedReply, calibration: Parameters<typeof applyCalibration>[0]): number {
  const score = applyCalibration(calibration, calibration.identity, { score: scoreOf(reply, JUDGE) });
  if (score.status === 'not-calibrated') throw new Error(score.why);
  return score.value;
}

const asAnchor = (reply: RatedReply): SwapAnchor => ({
  group: reply.group_id,
  system: reply.system,
  old: { score: scoreOf(reply, OLD) },
  next: { score: scoreOf(reply, JUDGE) },
  ratings: reply.human_ratings,
});

const identityOf = (judge: string, dimension: string): CalibrationIdentity => ({
  judge,
  dimension,
  rawScale: SCALE,
  scale: SCALE,
  inputs: {},
});
