import {
  type Annotation,
  type BenchmarkCase,
  DIMENSIONS,
  type Dimension,
  type EvaluatedItem,
  type EvaluationReport,
  type EvaluationVerdict,
  METRICS,
  type Metric,
  type MetricComparison,
  type SliceComparison,
} from '@pointsman/contracts';
import { benjaminiHochberg } from '@pointsman/statistics';
import { isAsked, type ScoreReading, valueItem } from './case-values.ts';
import { measureEconomics } from './compare-economics.ts';
import {
  type ComparisonSettings,
  compareMetrics,
  correctTogether,
  measureMetric,
  type Pair,
} from './compare-metrics.ts';
import { overallVerdict } from './judge-difference.ts';
import { asSequential, type SequentialState, sequentialOverall } from './sequential-overall.ts';
import { stateUnknowns } from './state-unknowns.ts';
import { worstExamples } from './worst-examples.ts';

/** Maps a judge's raw score to people's scale, both in [0, 1]. */
export type ScoreMap = (score: number) => number;

export type ComparisonInput = {
  cases: readonly BenchmarkCase[];
  candidate: readonly EvaluatedItem[];
  /** Of the same benchmark; only cases with the same content are compared. */
  baseline?: readonly EvaluatedItem[] | undefined;
  /** By dimension; a dimension without one is not calibrated. */
  calibrations: Partial<Record<Dimension, ScoreMap>>;
  /** People's ratings of the candidate's, and of the baseline's replies. */
  people?: { candidate: readonly Annotation[]; baseline: readonly Annotation[] } | undefined;
  minEffect: number;
  alpha: number;
  seed: string;
  mostExamples?: number | undefined;
  /** Whether the run was ended by looking at its overall score; items are then in the order in which they were taken. */
  sequential?: boolean | undefined;
};

/** What comparing finds; who ran it, when and with which judge is the caller's to add. */
export type Comparison = Pick<
  EvaluationReport,
  'verdict' | 'metrics' | 'slices' | 'economics' | 'examples' | 'unknowns' | 'alpha'
>;

const MOST_EXAMPLES = 12;

/**
 * Compares a candidate with a baseline on the cases that both were asked, or describes it where there is none. Pure: the
 * same results give the same report.
 */
export function compareResults(input: ComparisonInput): Comparison {
  const pairs = pairsOf(input);
  const settings = settingsOf(input);
  const metrics = METRICS.filter((metric) => pairs.some(({ candidate }) => isAsked(candidate, metric)));
  const fixed = compareMetrics(pairs, metrics, settings);
  const compared = input.sequential === true ? withSequence(fixed, pairs, settings) : fixed;
  const hasBaseline = input.baseline !== undefined;
  const cases = new Map(input.cases.map((one) => [one.id, one]));
  const baselineItems = pairs.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline.item]));
  return {
    alpha: input.alpha,
    verdict: hasBaseline ? verdictOf(compared, input.sequential === true) : 'inconclusive',
    metrics: compared,
    slices: compareSlices(pairs, { metrics, cases, settings }),
    economics: {
      candidate: measureEconomics(input.candidate, input.seed),
      ...(hasBaseline && { baseline: measureEconomics(baselineItems, input.seed) }),
    },
    examples: worstExamples(pairs, cases, input.mostExamples ?? MOST_EXAMPLES),
    unknowns: stateUnknowns({
      pairs,
      metrics: compared,
      cases: input.cases.length,
      hasBaseline,
      sequential: input.sequential === true,
    }),
  };
}

/** A sequential run asks one question, the overall score: the other metrics were not what it was ended by. */
function verdictOf(compared: readonly MetricComparison[], sequential: boolean): EvaluationVerdict {
  const asked = sequential ? compared.filter(({ metric }) => metric === 'overall') : compared;
  return overallVerdict(asked.map(({ verdict }) => verdict));
}

function withSequence(
  compared: readonly MetricComparison[],
  pairs: readonly Pair[],
  settings: ComparisonSettings,
): MetricComparison[] {
  const state = sequentialOverall(pairs, { ...settings, confidence: 1 - settings.alpha });
  return compared.map((one) => (one.metric === 'overall' ? asSequential(one, state) : one));
}

/** How a sequential run stands after the items it has, in the order in which they were taken. */
export function sequentialState(input: ComparisonInput): SequentialState {
  return sequentialOverall(pairsOf(input), { minEffect: input.minEffect, confidence: 1 - input.alpha });
}

function settingsOf({ minEffect, alpha, calibrations }: ComparisonInput): ComparisonSettings {
  const isCalibrated = (metric: Metric) =>
    metric === 'overall'
      ? DIMENSIONS.every((dimension) => calibrations[dimension] !== undefined)
      : calibrations[metric] !== undefined;
  return { minEffect, alpha, confidence: 0.95, isCalibrated };
}

function pairsOf({ candidate, baseline, calibrations, people }: ComparisonInput): Pair[] {
  const calibrated: ScoreReading['calibrated'] = (dimension, score) => calibrations[dimension]?.(score) ?? score;
  const reading = (annotations: readonly Annotation[]): ScoreReading => ({
    calibrated,
    people: peopleReading(annotations),
  });
  const [ours, theirs] = [reading(people?.candidate ?? []), reading(people?.baseline ?? [])];
  const others = new Map(baseline?.map((item) => [`${item.caseId} ${item.caseHash}`, item]));
  return candidate.flatMap((item): Pair[] => {
    const other = others.get(`${item.caseId} ${item.caseHash}`);
    // A case that only one side was asked compares nothing.
    if (baseline !== undefined && other === undefined) return [];
    return [{ candidate: valueItem(item, ours), baseline: other && valueItem(other, theirs) }];
  });
}

/** The adjudicated rating, else the mean of the raters', on [0, 1]. */
function peopleReading(annotations: readonly Annotation[]): ScoreReading['people'] {
  const byReply = new Map(
    annotations.map((annotation) => [`${annotation.caseId} ${annotation.dimension}`, annotation]),
  );
  return (caseId, dimension) => {
    const found = byReply.get(`${caseId} ${dimension}`);
    if (found === undefined) return undefined;
    const [low, high] = found.scale;
    const mean = found.ratings.reduce((sum, { rating }) => sum + rating, 0) / found.ratings.length;
    return ((found.adjudicated ?? mean) - low) / (high - low);
  };
}

type Slicing = { metrics: readonly Metric[]; cases: ReadonlyMap<string, BenchmarkCase>; settings: ComparisonSettings };

/** Every slice by every metric; hundreds of looks, so p-values are corrected by the share of false finds. */
function compareSlices(pairs: readonly Pair[], { metrics, cases, settings }: Slicing): SliceComparison[] {
  const keys = {
    domain: ({ candidate }: Pair) => candidate.item.domain,
    task: ({ candidate }: Pair) => candidate.item.task,
    language: ({ candidate }: Pair) => candidate.item.language,
    difficulty: ({ candidate }: Pair) => cases.get(candidate.item.caseId)?.difficulty ?? 'medium',
  } as const;
  const slices = (Object.keys(keys) as (keyof typeof keys)[]).flatMap((by) =>
    [...Map.groupBy(pairs, keys[by])]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, own]) => ({ by, value, own })),
  );
  const measured = slices.flatMap(({ own }) => metrics.map((metric) => measureMetric(own, metric, settings)));
  const corrected = correctTogether(measured, settings, benjaminiHochberg);
  return slices.map(({ by, value }, index) => ({
    by,
    value,
    metrics: corrected.slice(index * metrics.length, (index + 1) * metrics.length),
  }));
}
