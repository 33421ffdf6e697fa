import { mean } from '@pointsman/statistics';
import type { CalibrationRow } from './calibration-row.ts';
import type { CalibrationIdentity, Reliability } from './calibration-schema.ts';

/** Why labels cannot calibrate anything. */
export type RefusalWhy =
  /** A score or rating is no number on its scale. */
  | 'outside-scale'
  | 'too-few-labels'
  | 'too-few-groups'
  /** Every reply has the same mean rating. */
  | 'labels-do-not-vary'
  /** Two people's ratings of one reply are no more alike than ratings of different replies: ICC <= 0. */
  | 'raters-do-not-agree';

export type Refusal = {
  status: 'refused';
  why: RefusalWhy;
  detail: string;
  /** How many more are needed at least. */
  missing: { labels: number; groups: number };
};

/** Means as equal as the last bits allow. */
const ROUNDING = 1e-9;

/** Below it cross-validation tells methods apart by luck. */
export const LEAST_LABELS = 40;
export const LEAST_GROUPS = 15;
/** Measured on SummEval: the error falls steeply up to here, and hardly beyond twice as many. */
export const ENOUGH_LABELS = 120;

/** Why these labels cannot calibrate anything; undefined where they may. */
export function screenLabels(
  rows: readonly CalibrationRow[],
  identity: CalibrationIdentity,
  reliability: Reliability | undefined,
): Refusal | undefined {
  const groups = new Set(rows.map(({ group }) => group)).size;
  const missing = { labels: Math.max(0, LEAST_LABELS - rows.length), groups: Math.max(0, LEAST_GROUPS - groups) };
  const refuse = (why: RefusalWhy, detail: string): Refusal => ({ status: 'refused', why, detail, missing });
  const stray = firstOutsideScale(rows, identity);
  if (stray !== undefined) return refuse('outside-scale', stray);
  if (missing.labels > 0) {
    return refuse(
      'too-few-labels',
      `${rows.length} labels; at least ${LEAST_LABELS} are needed: ${missing.labels} more`,
    );
  }
  if (missing.groups > 0) {
    const detail = `labels of ${groups} groups; at least ${LEAST_GROUPS} are needed to hold some out: ${missing.groups} more`;
    return refuse('too-few-groups', detail);
  }
  const means = rows.map(({ ratings }) => mean(ratings));
  if (Math.max(...means) - Math.min(...means) < ROUNDING) {
    return refuse('labels-do-not-vary', `every reply's mean rating is ${means[0]}`);
  }
  const icc = reliability?.icc;
  if (icc === undefined || 'tooFew' in icc || icc.estimate > 0) return undefined;
  const range = `${icc.low.toFixed(2)} to ${icc.high.toFixed(2)}`;
  return refuse(
    'raters-do-not-agree',
    `ICC ${icc.estimate.toFixed(2)} (${range}): two people's ratings of one reply are no more alike than ratings of different replies`,
  );
}

function firstOutsideScale(
  rows: readonly CalibrationRow[],
  { rawScale, scale }: CalibrationIdentity,
): string | undefined {
  for (const { group, score, ratings } of rows) {
    if (!isWithin(score, rawScale))
      return `score ${score} in group ${group} is not on the judge's scale ${rawScale.join(' to ')}`;
    if (ratings.length === 0) return `a reply in group ${group} has no rating`;
    const rating = ratings.find((one) => !isWithin(one, scale));
    if (rating !== undefined)
      return `rating ${rating} in group ${group} is not on people's scale ${scale.join(' to ')}`;
  }
  return undefined;
}

const isWithin = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high;
