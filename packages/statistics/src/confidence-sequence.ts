import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from './interval.ts';
import { mean } from './mean.ts';
import { type Range, unitScaled } from './unit-scale.ts';

export type SequenceOptions = Range & { confidence?: number | undefined };

/**
 * An interval for the mean of independent values in [low, high], taken one by one, that may be looked at after every value:
 * with probability `confidence` the intervals of all times cover the mean, so that stopping on what it shows is allowed.
 *
 * Hedged betting (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2024): the means
 * against which neither of two gamblers, one betting on more and one on less, now holds 2 / (1 - confidence) times his
 * stake. Bets follow the spread seen so far and are at most half of what could ruin. Values in the order they came; too
 * few for none. When the mean moved so far that no single one fits, the range between the two bounds that contradict.
 *
 * @throws RangeError for values outside the range, a confidence outside (0, 1).
 */
export function confidenceSequence(values: readonly number[], options: SequenceOptions): Interval {
  const { low, high, confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const scaled = unitScaled(values, { low, high });
  if (scaled.length === 0) return tooFew(0);
  const logTarget = Math.log(2 / (1 - confidence));
  const bets = plugInBets(scaled, logTarget);
  const mirrored = scaled.map((value) => 1 - value);
  const ends = [leastMean({ values: scaled, bets, logTarget }), 1 - leastMean({ values: mirrored, bets, logTarget })];
  const unscale = (value: number) => low + (high - low) * value;
  return {
    estimate: unscale(mean(scaled)),
    low: unscale(Math.min(...ends)),
    high: unscale(Math.max(...ends)),
    confidence,
    n: scaled.length,
  };
}

type Game = { values: readonly number[]; bets: readonly number[]; logTarget: number };

/** The least mean not ruled out by bets on more; wealth falls with the mean that is bet against, so halving finds it. */
function leastMean(game: Game): number {
  let [ruledOut, possible] = [0, 1];
  if (!isRuledOut(game, 0)) return 0;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (ruledOut + possible) / 2;
    if (isRuledOut(game, middle)) ruledOut = middle;
    else possible = middle;
  }
  return ruledOut;
}

function isRuledOut({ values, bets, logTarget }: Game, candidate: number): boolean {
  let logWealth = 0;
  for (const [index, value] of values.entries()) {
    const bet = Math.min(bets[index] ?? 0, MOST_AT_STAKE / candidate);
    logWealth += Math.log1p(bet * (value - candidate));
  }
  return logWealth >= logTarget;
}

/** The paper's predictable plug-in: sqrt(2 ln(2 / level) / (variance before t x t ln(t + 1))), the same for both gamblers. */
function plugInBets(values: readonly number[], logTarget: number): number[] {
  let [sum, squares] = [0.5, 0.25];
  return values.map((value, index) => {
    // `squares` is t times the variance before t: both t of the formula cancel.
    const bet = Math.sqrt((2 * logTarget) / (squares * Math.log(index + 2)));
    sum += value;
    squares += (value - sum / (index + 2)) ** 2;
    return bet;
  });
}

const MOST_AT_STAKE = 0.5;
/** Down to 1e-12 of the range. */
const HALVINGS = 40;
