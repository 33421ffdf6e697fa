import {
  bootstrapInterval,
  fleissKappa,
  type Interval,
  krippendorffAlpha,
  mean,
  type Statistic,
} from '@pointsman/statistics';
import type { Reliability } from '../calibration/calibration-schema.ts';
import { type RaterBias, raterBiases } from './rater-biases.ts';
import { raterKappa } from './rater-kappa.ts';
import { reliabilityOf, withinSystemIcc } from './reliability.ts';
import { warnOfLabels } from './warn-of-labels.ts';

/** People's ratings of one reply on one dimension. */
export type RatedReply = {
  dimension: string;
  /** What the reply answers. */
  group: string;
  system?: string | undefined;
  ratings: readonly { rater: string; rating: number }[];
};

export type AgreementOptions = {
  /** People's scale, [worst, best]. */
  scale: readonly [number, number];
  seed?: number | string | undefined;
  /** Of the bootstrap over groups; 500 when absent. */
  resamples?: number | undefined;
};

/** How far people agree on one dimension; every figure with its interval over groups. */
export type DimensionAgreement = {
  dimension: string;
  replies: number;
  groups: number;
  /** Krippendorff's, for ratings as ranks and as numbers. */
  alphaOrdinal: Interval;
  alphaInterval: Interval;
  /** Fleiss' kappa; absent where replies have different numbers of ratings. */
  fleissKappa?: Interval | undefined;
  /** Cohen's kappa with quadratic weights, mean over pairs of raters by the replies they share. */
  weightedKappa: Interval;
  /** Absent where no reply has two ratings. */
  reliability?: Reliability | undefined;
  /** ICC(1) of ratings less their system's mean; absent where systems are not known. */
  withinSystemIcc?: Interval | undefined;
  /** Share of replies whose mean rating is the best there is. */
  atTop: number;
  /** Most severe first. */
  raterBiases: RaterBias[];
  /** In words, what to know before relying on these labels. */
  warnings: string[];
};

/** Whether people agree enough to be learnt from, dimension by dimension, in the order dimensions first occur. */
export function agreementReport(replies: readonly RatedReply[], options: AgreementOptions): DimensionAgreement[] {
  return [...Map.groupBy(replies, ({ dimension }) => dimension)].map(([dimension, ofDimension]) =>
    agreementOn(dimension, ofDimension, options),
  );
}

function agreementOn(dimension: string, replies: readonly RatedReply[], options: AgreementOptions): DimensionAgreement {
  const { scale, seed = 1, resamples = 500 } = options;
  const resampling = { seed, resamples };
  const interval = (statistic: Statistic<RatedReply>) =>
    bootstrapInterval(replies, statistic, { ...resampling, groupOf: ({ group }) => group });
  const numbers = replies.map(({ group, system, ratings }) => ({ group, system, ratings: valuesOf(ratings) }));
  const reliability = reliabilityOf(numbers, resampling);
  const withinSystem = withinSystemIcc(numbers, resampling);
  const atTop = numbers.filter(({ ratings }) => mean(ratings) === scale[1]).length / numbers.length;
  const isBalanced = numbers.every(({ ratings }) => ratings.length === numbers[0]?.ratings.length);
  return {
    dimension,
    replies: replies.length,
    groups: new Set(replies.map(({ group }) => group)).size,
    alphaOrdinal: interval((drawn) =>
      krippendorffAlpha(
        drawn.map(({ ratings }) => valuesOf(ratings)),
        'ordinal',
      ),
    ),
    alphaInterval: interval((drawn) =>
      krippendorffAlpha(
        drawn.map(({ ratings }) => valuesOf(ratings)),
        'interval',
      ),
    ),
    ...(isBalanced
      ? { fleissKappa: interval((drawn) => fleissKappa(drawn.map(({ ratings }) => valuesOf(ratings)))) }
      : {}),
    weightedKappa: raterKappa(replies, resampling),
    ...(reliability === undefined ? {} : { reliability }),
    ...(withinSystem === undefined ? {} : { withinSystemIcc: withinSystem }),
    atTop,
    raterBiases: raterBiases(replies, resampling),
    warnings: warnOfLabels({ reliability, withinSystemIcc: withinSystem, atTop }),
  };
}

const valuesOf = (ratings: RatedReply['ratings']) => ratings.map(({ rating }) => rating);
