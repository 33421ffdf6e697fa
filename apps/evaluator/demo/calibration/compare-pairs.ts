import {
  bootstrapInterval,
  type Interval,
  mean,
  meanInterval,
  ppiMean,
  type Random,
  seededRandom,
} from '@pointsman/statistics';
import { shown, shownPercent, table } from './show.ts';
import type { PairedDifference, SystemPair } from './system-pairs.ts';

const JUDGED = 500;
const LABELLED = 50;
/** Labelled differences that are not the most common one; with fewer no interval covers what it says: see the how-to. */
const LEAST_INFORMATIVE = 10;

export const WAYS = [
  'judge, raw',
  'judge, calibrated',
  'people',
  'PPI++, raw judge',
  'PPI++, calibrated judge',
] as const;
export type Way = (typeof WAYS)[number];

export type ComparisonFigures = {
  way: Way;
  dimension: string;
  comparisons: number;
  /** How often the 95 % interval holds the true human difference. */
  coverage: Interval;
  /** How often the difference is significant and of the wrong sign. */
  wrongSign: Interval;
  /** How often it is significant and of the right sign. */
  found: Interval;
  /** Estimate less truth, in points; and the mean size of that. */
  bias: Interval;
  meanError: Interval;
  width: Interval;
};

type Outcome = {
  way: Way;
  pair: string;
  dimension: string;
  isInformative: boolean;
  covers: number;
  wrong: number;
  right: number;
  error: number;
  size: number;
  width: number;
};

export type ComparisonSection = {
  judged: number;
  labelled: number;
  leastInformative: number;
  /** Share of comparisons with too few informative labels. */
  tooFewInformative: number;
  all: ComparisonFigures[];
  /** Where there are enough informative labels, over all dimensions and for each. */
  informative: ComparisonFigures[];
};

/**
 * Repeats an A/B test of each pair of systems: documents are drawn with replacement, for the 63 stand for all there are;
 * all are judged, the first 50 rated by people too.
 */
export function comparePairs(pairs: readonly SystemPair[], repeats: number): ComparisonSection {
  const random = seededRandom('comparisons');
  const outcomes = pairs.flatMap((pair) => Array.from({ length: repeats }, () => compareOnce(pair, random)).flat());
  const informative = outcomes.filter(({ isInformative }) => isInformative);
  const dimensions = [...new Set(pairs.map(({ dimension }) => dimension))];
  return {
    judged: JUDGED,
    labelled: LABELLED,
    leastInformative: LEAST_INFORMATIVE,
    tooFewInformative: 1 - informative.length / outcomes.length,
    all: summarise('all', outcomes),
    informative: [
      ...summarise('all', informative),
      ...dimensions.flatMap((dimension) =>
        summarise(
          dimension,
          informative.filter((one) => one.dimension === dimension),
        ),
      ),
    ],
  };
}

function compareOnce(pair: SystemPair, random: Random): Outcome[] {
  const drawn = Array.from({ length: JUDGED }, () => draw(pair.differences, random));
  const rated = drawn.slice(0, LABELLED);
  const isInformative = informativeLabels(rated) >= LEAST_INFORMATIVE;
  const ppi = (read: (difference: PairedDifference) => number) =>
    ppiMean({
      labelled: rated.map((one) => ({ predicted: read(one), truth: one.human })),
      unlabelled: drawn.slice(LABELLED).map((one) => ({ predicted: read(one) })),
    });
  const intervals: Record<Way, Interval> = {
    'judge, raw': meanInterval(drawn.map(({ raw }) => raw)),
    'judge, calibrated': meanInterval(drawn.map(({ calibrated }) => calibrated)),
    people: meanInterval(rated.map(({ human }) => human)),
    'PPI++, raw judge': ppi(({ raw }) => raw),
    'PPI++, calibrated judge': ppi(({ calibrated }) => calibrated),
  };
  return WAYS.flatMap((way) => {
    const interval = intervals[way];
    if ('tooFew' in interval) return [];
    const { estimate, low, high } = interval;
    const sign = low > 0 ? 1 : high < 0 ? -1 : 0;
    return [
      {
        way,
        pair: `${pair.dimension} ${pair.systems.join(' ')}`,
        dimension: pair.dimension,
        isInformative,
        covers: low <= pair.truth && pair.truth <= high ? 1 : 0,
        wrong: sign !== 0 && sign !== Math.sign(pair.truth) ? 1 : 0,
        right: sign !== 0 && sign === Math.sign(pair.truth) ? 1 : 0,
        error: estimate - pair.truth,
        size: Math.abs(estimate - pair.truth),
        width: high - low,
      },
    ];
  });
}

/** How many labels differ from the most common one. */
function informativeLabels(rated: readonly PairedDifference[]): number {
  const counts = [...Map.groupBy(rated, ({ human }) => human.toFixed(6)).values()].map(({ length }) => length);
  return rated.length - Math.max(...counts);
}

function draw<Value>(values: readonly Value[], random: Random): Value {
  const drawn = values[Math.floor(random() * values.length)];
  if (drawn === undefined) throw new Error('there is nothing to draw from');
  return drawn;
}

function summarise(dimension: string, outcomes: readonly Outcome[]): ComparisonFigures[] {
  return WAYS.map((way) => {
    const own = outcomes.filter((outcome) => outcome.way === way);
    const over = (key: 'covers' | 'wrong' | 'right' | 'error' | 'size' | 'width') =>
      bootstrapInterval(own, (drawn) => mean(drawn.map((outcome) => outcome[key])), {
        seed: 1,
        resamples: 200,
        method: 'percentile',
        groupOf: ({ pair }) => pair,
      });
    return {
      way,
      dimension,
      comparisons: own.length,
      coverage: over('covers'),
      wrongSign: over('wrong'),
      found: over('right'),
      bias: over('error'),
      meanError: over('size'),
      width: over('width'),
    };
  });
}

/** By dimension the ways that decide; all are in the JSON. */
const isShown = ({ dimension, way }: ComparisonFigures) =>
  dimension === 'all' || ['judge, raw', 'people', 'PPI++, calibrated judge'].includes(way);

export function showComparisons(section: ComparisonSection): string {
  const titles = ['', 'comparisons', 'covers the truth', 'wrong sign', 'found', 'bias', 'mean error', 'width'];
  const row = (figures: ComparisonFigures) => [
    figures.dimension === 'all' ? figures.way : `${figures.dimension}, ${figures.way}`,
    `${figures.comparisons}`,
    shownPercent(figures.coverage),
    shownPercent(figures.wrongSign, 2),
    shownPercent(figures.found, 0),
    shown(figures.bias, 3),
    shown(figures.meanError, 2),
    shown(figures.width, 2),
  ];
  const tooFew = (100 * section.tooFewInformative).toFixed(1);
  return [
    `All comparisons:\n${table(titles, section.all.map(row))}`,
    `Without the ${tooFew} % in which fewer than ${section.leastInformative} of the ${section.labelled} rated differences are anything but the most common one, too few to say:\n${table(titles, section.informative.filter(isShown).map(row))}`,
  ].join('\n\n');
}
