import {
  DIMENSIONS,
  type Dimension,
  type EvaluatedItem,
  METRICS,
  type Metric,
  type Verdict,
} from '@pointsman/contracts';

/** One reply on one metric, in [0, 1]. */
export type CaseValue = {
  /** What the judge says, calibrated where it can be; the checks' outcome where there are checks. */
  predicted: number;
  /** What people say, or checks that cannot be wrong; absent where nobody looked. */
  truth: number | undefined;
  /** Whether checks alone stand behind it. */
  checked: boolean;
};

export type ScoreReading = {
  /** A judge's raw score on people's scale; the raw score itself where the dimension is not calibrated. */
  calibrated(dimension: Dimension, score: number): number;
  /** People's mean rating of this contestant's reply to a case, in [0, 1]. */
  people(caseId: string, dimension: Dimension): number | undefined;
};

/** What is known of one item, by metric; a metric without a value is missing. */
export type ValuedItem = { item: EvaluatedItem; values: Readonly<{ [Name in Metric]?: CaseValue | undefined }> };

type DimensionValues = { [Name in Dimension]?: CaseValue | undefined };

export function valueItem(item: EvaluatedItem, reading: ScoreReading): ValuedItem {
  const dimensions = dimensionValues(item, reading);
  return { item, values: { ...dimensions, overall: overallOf(item, dimensions, DIMENSIONS) } };
}

/** The difference of two contestants on one case, candidate less baseline; undefined where either is missing. */
export function pairedValue(candidate: ValuedItem, baseline: ValuedItem, metric: Metric): CaseValue | undefined {
  // Overall means compare only over the dimensions that both have: a dimension that failed on one side would shift it.
  const both = DIMENSIONS.filter((one) => candidate.values[one] !== undefined && baseline.values[one] !== undefined);
  const of = ({ item, values }: ValuedItem) => (metric === 'overall' ? overallOf(item, values, both) : values[metric]);
  const [left, right] = [of(candidate), of(baseline)];
  if (left === undefined || right === undefined) return undefined;
  return {
    predicted: left.predicted - right.predicted,
    truth: left.truth === undefined || right.truth === undefined ? undefined : left.truth - right.truth,
    checked: left.checked && right.checked,
  };
}

/** Whether the metric was to be scored at all: a dimension that the case leaves out is not missing. */
export function isAsked({ item }: ValuedItem, metric: Metric): boolean {
  return METRICS.includes(metric) && (metric === 'overall' || !isLeftOut(item.verdicts[metric]));
}

const isLeftOut = (verdict: Verdict) =>
  verdict.status === 'unscored' && (verdict.why === 'not-asked' || verdict.why === 'no-reference');

function dimensionValues(item: EvaluatedItem, reading: ScoreReading): DimensionValues {
  const values: DimensionValues = {};
  for (const dimension of DIMENSIONS) {
    const verdict = item.verdicts[dimension];
    if (verdict.status === 'unscored') continue;
    const checked = verdict.scorer === 'checks';
    values[dimension] = {
      predicted: checked ? verdict.score : reading.calibrated(dimension, verdict.score),
      truth: checked ? verdict.score : reading.people(item.caseId, dimension),
      checked,
    };
  }
  return values;
}

function overallOf(
  { weights }: EvaluatedItem,
  values: DimensionValues,
  among: readonly Dimension[],
): CaseValue | undefined {
  const parts = among.flatMap((dimension) => {
    const value = values[dimension];
    const weight = weights?.[dimension] ?? 1;
    return value === undefined || weight === 0 ? [] : [{ value, weight }];
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  const mean = (of: (value: CaseValue) => number) =>
    parts.reduce((sum, { value, weight }) => sum + weight * of(value), 0) / total;
  return {
    predicted: mean(({ predicted }) => predicted),
    truth: parts.every(({ value }) => value.truth !== undefined) ? mean(({ truth }) => truth ?? 0) : undefined,
    checked: parts.every(({ value }) => value.checked),
  };
}
