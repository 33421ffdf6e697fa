import { checkFinite } from '../check-values.ts';
import { mean } from '../mean.ts';
import { varies } from '../varies.ts';

/**
 * Krippendorff's alpha, agreement of any number of raters with ratings missing: 1 - observed / expected disagreement, at
 * most 1 (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011).
 *
 * One row of ratings for each unit, null or undefined where a rater gave none; units with fewer than two count nothing.
 * `level` says what a difference is: any two values differ alike (`nominal`), by the ratings that lie between them
 * (`ordinal`), or by their squared distance (`interval`). Undefined when no unit has two ratings or none of them vary.
 *
 * @throws RangeError when a rating is NaN or infinite.
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | null | undefined)[])[],
  level: 'nominal' | 'ordinal' | 'interval',
): number | undefined {
  const paired = units
    .map((unit) => unit.filter((rating) => rating !== null && rating !== undefined))
    .filter((unit) => unit.length > 1);
  const all = paired.flat();
  checkFinite(all);
  const disagreement = level === 'nominal' ? nominalDisagreement : squaredDisagreement(level, all);
  if (!varies(all)) return undefined;
  const observed = paired.reduce((sum, unit) => sum + disagreement(unit) / (unit.length - 1), 0);
  return 1 - (observed * (all.length - 1)) / disagreement(all);
}

/** The sum of differences over all ordered pairs. */
type Disagreement = (ratings: readonly number[]) => number;

function nominalDisagreement(ratings: readonly number[]): number {
  const alike = [...Map.groupBy(ratings, (rating) => rating).values()];
  return ratings.length ** 2 - alike.reduce((sum, { length }) => sum + length ** 2, 0);
}

/** Over all ordered pairs squared distances sum to 2 n times those from the mean: no pair need be formed. */
function squaredDisagreement(level: 'ordinal' | 'interval', all: readonly number[]): Disagreement {
  const place = level === 'ordinal' ? midpoints(all) : undefined;
  return (ratings) => {
    const placed = place === undefined ? ratings : ratings.map((rating) => place.get(rating) ?? Number.NaN);
    const centre = mean(placed);
    return 2 * placed.length * placed.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  };
}

/** How many ratings lie below each value, half of its own among them: the ordinal metric is the distance of these. */
function midpoints(ratings: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  let below = 0;
  for (const [value, { length }] of [...Map.groupBy(ratings, (rating) => rating)].sort(([a], [b]) => a - b)) {
    places.set(value, below + length / 2);
    below += length;
  }
  return places;
}
