import type { SpendForecast } from '@pointsman/contracts';
import { sumPredictionInterval } from '@pointsman/statistics';

const DAY_MS = 86_400_000;
/** Two whole weeks, so that each day of the week counts alike. */
export const FORECAST_DAYS = 14;
/** A week: with less, nobody knows what its days are like. */
const FEWEST_DAYS = 7;

/**
 * What a month will have cost at its end: what it cost so far, and for the rest of it days like the last ones, taken as
 * independent. A trend or a week unlike the others is outside its interval.
 * @param spend `dailyNanoUsd`: the last whole UTC days, days without requests as 0, those before the client existed left out.
 */
export function forecastMonthEnd(spend: {
  dailyNanoUsd: readonly number[];
  spentNanoUsd: number;
  nowMs: number;
  monthEndMs: number;
}): SpendForecast {
  const { dailyNanoUsd, spentNanoUsd } = spend;
  const interval = sumPredictionInterval(dailyNanoUsd, Math.max(0, spend.monthEndMs - spend.nowMs) / DAY_MS);
  const days = dailyNanoUsd.length;
  if (days < FEWEST_DAYS || 'tooFew' in interval) return { kind: 'too-few', days, needed: FEWEST_DAYS };
  // Nobody gets money back: a wide interval ends at what is spent already.
  const withRest = (rest: number) => spentNanoUsd + Math.round(Math.max(0, rest));
  return {
    kind: 'forecast',
    monthEndNanoUsd: withRest(interval.estimate),
    low: withRest(interval.low),
    high: withRest(interval.high),
    days,
  };
}
