import { auc, bootstrapInterval, type Interval, intraclassCorrelation, mean, spearman } from '@pointsman/statistics';
import type { Calibrated, CalibratedReply } from './calibrated-replies.ts';
import { shown, table } from './show.ts';

/** How near scores are to people, on documents not fitted on. */
export type Nearness = {
  bias: Interval;
  rmse: Interval;
  /** Within parts: each part has a map of its own. */
  spearman: Interval;
  shareOfCeiling: Interval;
  /** Of finding replies rated below 4. */
  badTailAuc: Interval;
};

export type CalibrationFigures = {
  dimension: string;
  /** One for each part. */
  methods: string[];
  raw: Nearness;
  calibrated: Nearness;
  outsideRange: number;
  /** Calibrated less raw, over the same replies. */
  rmseSaved: Interval;
};

type Read = (reply: CalibratedReply) => number;

export function measureCalibration({ replies, calibrations }: Calibrated, resamples: number): CalibrationFigures[] {
  return [...Map.groupBy(replies, ({ dimension }) => dimension)].map(([dimension, own]) => {
    const over = (statistic: (drawn: readonly CalibratedReply[]) => number | undefined) =>
      bootstrapInterval(own, statistic, { seed: 1, resamples, method: 'percentile', groupOf: ({ group }) => group });
    const nearness = (read: Read): Nearness => ({
      bias: over((drawn) => mean(drawn.map((reply) => read(reply) - reply.human))),
      rmse: over((drawn) => rmse(drawn, read)),
      spearman: over((drawn) => withinParts(drawn, (part) => spearman(part.map(read), part.map(human)))),
      shareOfCeiling: over((drawn) => shareOfCeiling(drawn, read)),
      badTailAuc: over((drawn) =>
        withinParts(drawn, (part) =>
          auc(
            part.map((r) => -read(r)),
            part.map(isBad),
          ),
        ),
      ),
    });
    return {
      dimension,
      methods: calibrations.filter(({ identity }) => identity.dimension === dimension).map(({ model }) => model.method),
      raw: nearness(({ raw }) => raw),
      calibrated: nearness(({ calibrated }) => calibrated),
      outsideRange: own.filter(({ outsideRange }) => outsideRange).length / own.length,
      rmseSaved: over((drawn) => 1 - rmse(drawn, ({ calibrated }) => calibrated) / rmse(drawn, ({ raw }) => raw)),
    };
  });
}

const human: Read = (reply) => reply.human;
const isBad = (reply: CalibratedReply) => reply.human < 4;

const rmse = (replies: readonly CalibratedReply[], read: Read) =>
  Math.sqrt(mean(replies.map((reply) => (read(reply) - reply.human) ** 2)));

function shareOfCeiling(replies: readonly CalibratedReply[], read: Read): number | undefined {
  const ceiling = intraclassCorrelation(replies.map(({ ratings }) => ratings))?.ceiling;
  const found = withinParts(replies, (part) => spearman(part.map(read), part.map(human)));
  return ceiling === undefined || found === undefined ? undefined : found / ceiling;
}

function withinParts(
  replies: readonly CalibratedReply[],
  figure: (part: CalibratedReply[]) => number | undefined,
): number | undefined {
  const found = [...Map.groupBy(replies, ({ part }) => part).values()]
    .map(figure)
    .filter((value) => value !== undefined);
  return found.length === 0 ? undefined : mean(found);
}

export function showCalibration(figures: readonly CalibrationFigures[]): string {
  const rows = figures.flatMap(({ dimension, methods, raw, calibrated }) => [
    row(`${dimension}, raw judge`, raw),
    row(`${dimension}, ${[...new Set(methods)].join(' / ')}`, calibrated),
  ]);
  return table(['', 'bias', 'RMSE', 'Spearman', 'share of ceiling', 'AUC, rated below 4'], rows);
}

const row = (name: string, { bias, rmse: error, spearman: rank, shareOfCeiling: share, badTailAuc }: Nearness) => [
  name,
  shown(bias),
  shown(error),
  shown(rank),
  shown(share),
  shown(badTailAuc),
];
