import { solvePositiveDefinite } from './solve-positive-definite.ts';

/** One reply: its standardised inputs, and for each level the share of its raters who gave it (together 1). */
export type OddsRow = { x: readonly number[]; shares: readonly number[] };

export type OddsFit = { thresholds: number[]; slopes: number[] };

const MOST_STEPS = 60;
const CONVERGED = 1e-9;
/** Keeps the equations solvable where a level is hardly ever given. */
const JITTER = 1e-9;

/**
 * The cumulative logit model, P(rating <= level k | x) = 1 / (1 + exp(slopes x - threshold k)), by penalised maximum
 * likelihood: maximises the mean log-likelihood less penalty / 2 times the sum of squared slopes. Newton's method with
 * halved steps; the likelihood is concave (McCullagh 1980, Pratt 1981). Every level must occur in `rows`.
 */
export function proportionalOdds(rows: readonly OddsRow[], levels: number, penalty: number): OddsFit {
  const width = rows[0]?.x.length ?? 0;
  let at: Float64Array = new Float64Array([...startingThresholds(rows, levels), ...Array(width).fill(0)]);
  let now = derivatives(rows, at, levels, penalty);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = solvePositiveDefinite(now.curvature, now.gradient);
    const next = climb(rows, { at, direction, objective: now.objective }, levels, penalty);
    if (next === undefined) break;
    const gain = next.objective - now.objective;
    at = next.at;
    now = next;
    if (gain < CONVERGED) break;
  }
  return { thresholds: Array.from(at.subarray(0, levels - 1)), slopes: Array.from(at.subarray(levels - 1)) };
}

/** The probability of each level. */
export function levelProbabilities({ thresholds, slopes }: OddsFit, x: readonly number[]): number[] {
  const eta = dot(slopes, x);
  const cumulative = [...thresholds.map((threshold) => logistic(threshold - eta)), 1];
  return cumulative.map((value, level) => value - (level === 0 ? 0 : (cumulative[level - 1] ?? 0)));
}

type Derivatives = { objective: number; gradient: Float64Array; curvature: Float64Array };
type Climb = { at: Float64Array; direction: Float64Array; objective: number };

/** The Newton step, halved until it improves; undefined where even a tiny step does not. */
function climb(rows: readonly OddsRow[], from: Climb, levels: number, penalty: number) {
  for (let share = 1; share > 1e-6; share /= 2) {
    const at = from.at.map((value, index) => value + share * (from.direction[index] ?? 0));
    if (!isAscending(at, levels - 1)) continue;
    const there = derivatives(rows, at, levels, penalty);
    if (there.objective > from.objective) return { ...there, at };
  }
  return undefined;
}

function derivatives(rows: readonly OddsRow[], at: Float64Array, levels: number, penalty: number): Derivatives {
  const size = at.length;
  const total = { objective: 0, gradient: new Float64Array(size), curvature: new Float64Array(size * size) };
  for (const row of rows) addReply(total, row, at, 1 / rows.length);
  for (let i = 0; i < size; i++) {
    add(total.curvature, i * size + i, i < levels - 1 ? JITTER : penalty + JITTER);
    if (i < levels - 1) continue;
    const slope = at[i] ?? 0;
    total.objective -= (penalty / 2) * slope * slope;
    add(total.gradient, i, -penalty * slope);
  }
  return total;
}

/** Adds the log-likelihood of one reply's ratings, its gradient, and minus its second derivatives (lower triangle). */
function addReply(total: Derivatives, { x, shares }: OddsRow, at: Float64Array, weight: number): void {
  const size = at.length;
  const thresholds = size - x.length;
  const eta = dot(at.subarray(thresholds), x);
  const crosses = new Float64Array(thresholds);
  let [first, second] = [0, 0];
  for (let level = 0; level <= thresholds; level++) {
    const w = weight * (shares[level] ?? 0);
    if (w === 0) continue;
    const upper = level < thresholds ? edge((at[level] ?? 0) - eta) : TOP;
    const lower = level > 0 ? edge((at[level - 1] ?? 0) - eta) : BOTTOM;
    const p = Math.max(upper.cumulative - lower.cumulative, Number.MIN_VALUE);
    const [up, down] = [upper.density / p, lower.density / p];
    // Minus the second derivatives of log p in the two edges.
    const [upUp, downDown, upDown] = [up * up - upper.slope / p, down * down + lower.slope / p, -up * down];
    total.objective += w * Math.log(p);
    if (level < thresholds) {
      add(total.gradient, level, w * up);
      add(total.curvature, level * size + level, w * upUp);
      add(crosses, level, w * (upUp + upDown));
    }
    if (level > 0) {
      add(total.gradient, level - 1, -w * down);
      add(total.curvature, (level - 1) * size + level - 1, w * downDown);
      add(crosses, level - 1, w * (downDown + upDown));
    }
    if (level > 0 && level < thresholds) add(total.curvature, level * size + level - 1, w * upDown);
    first += w * (down - up);
    second += w * (upUp + 2 * upDown + downDown);
  }
  for (const [i, xi] of x.entries()) {
    const row = (thresholds + i) * size;
    add(total.gradient, thresholds + i, first * xi);
    for (let k = 0; k < thresholds; k++) add(total.curvature, row + k, -(crosses[k] ?? 0) * xi);
    for (let j = 0; j <= i; j++) add(total.curvature, row + thresholds + j, second * xi * (x[j] ?? 0));
  }
}

/** The logistic distribution function, its density and the density's slope at an edge between two levels. */
function edge(z: number) {
  const cumulative = logistic(z);
  const density = cumulative * (1 - cumulative);
  return { cumulative, density, slope: density * (1 - 2 * cumulative) };
}

const TOP = { cumulative: 1, density: 0, slope: 0 };
const BOTTOM = { cumulative: 0, density: 0, slope: 0 };

/** The log odds of the levels' plain frequencies. */
function startingThresholds(rows: readonly OddsRow[], levels: number): number[] {
  let below = 0;
  return Array.from({ length: levels - 1 }, (_, level) => {
    below += rows.reduce((sum, { shares }) => sum + (shares[level] ?? 0), 0) / rows.length;
    return Math.log(below / (1 - below));
  });
}

function isAscending(values: Float64Array, count: number): boolean {
  for (let i = 1; i < count; i++) if (!((values[i] ?? 0) > (values[i - 1] ?? 0))) return false;
  return true;
}

function dot(slopes: ArrayLike<number>, x: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (slopes[i] ?? 0) * (x[i] ?? 0);
  return sum;
}

function logistic(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

function add(to: Float64Array, index: number, value: number): void {
  to[index] = (to[index] ?? 0) + value;
}
