import {
  bootstrapInterval,
  type Interval,
  type IntraclassCorrelation,
  intraclassCorrelation,
  mean,
} from '@pointsman/statistics';
import type { Reliability } from '../calibration/calibration-schema.ts';

/** Ratings of one reply, whoever gave them. */
export type Ratings = { group: string; system?: string | undefined; ratings: readonly number[] };

export type Resampling = { seed: number | string; resamples: number };

/** How much of people's ratings is about the reply, with intervals over groups; undefined where none has two ratings. */
export function reliabilityOf(replies: readonly Ratings[], resampling: Resampling): Reliability | undefined {
  if (intraclassCorrelation(replies.map(({ ratings }) => ratings)) === undefined) return undefined;
  const interval = (read: (icc: IntraclassCorrelation) => number) =>
    bootstrapInterval(
      replies,
      (drawn) => {
        const icc = intraclassCorrelation(drawn.map(({ ratings }) => ratings));
        return icc && read(icc);
      },
      { ...resampling, groupOf: ({ group }) => group },
    );
  return {
    icc: interval(({ icc1 }) => icc1),
    iccMean: interval(({ iccK }) => iccK),
    ceiling: interval(({ ceiling }) => ceiling),
  };
}

/**
 * ICC(1) of ratings less their system's mean: what people's ratings say of single replies once who wrote them is taken
 * out. Undefined where some reply has no system, where there is only one, or where no reply has two ratings.
 */
export function withinSystemIcc(replies: readonly Ratings[], resampling: Resampling): Interval | undefined {
  const systems = new Set(replies.map(({ system }) => system));
  if (systems.has(undefined) || systems.size < 2) return undefined;
  if (!replies.some(({ ratings }) => ratings.length > 1)) return undefined;
  return bootstrapInterval(replies, (drawn) => intraclassCorrelation(centredBySystem(drawn))?.icc1, {
    ...resampling,
    groupOf: ({ group }) => group,
  });
}

function centredBySystem(replies: readonly Ratings[]): number[][] {
  return [...Map.groupBy(replies, ({ system }) => system).values()].flatMap((ofSystem) => {
    const centre = mean(ofSystem.flatMap(({ ratings }) => ratings));
    return ofSystem.map(({ ratings }) => ratings.map((rating) => rating - centre));
  });
}
