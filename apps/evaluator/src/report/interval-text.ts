import { formatUsd, type MeasuredValue, NANO_PER_USD } from '@pointsman/contracts';

export const TOO_FEW = 'too few samples';

/** A mean score: `0.812 [0.790, 0.834]`. */
export const scoreText = (value: MeasuredValue): string => withInterval(value, scoreNumber);

/** A difference of scores in points, hundredths of a score: `−4.2 [−6.1, −2.3]`. */
export const differenceText = (value: MeasuredValue): string => withInterval(value, pointsNumber);

/** Nano-dollars: `$0.00402 [$0.00387, $0.00417]`. */
export const moneyText = (value: MeasuredValue): string => withInterval(value, dollars);

/** Milliseconds: `1.24 s [1.18 s, 1.31 s]`. */
export const durationText = (value: MeasuredValue): string => withInterval(value, duration);

/** A mean of whole things: `312 [298, 327]`. */
export const countText = (value: MeasuredValue): string => withInterval(value, (count) => whole(Math.round(count)));

/** A share in per cent: `92.0 % [88.1 %, 95.3 %]`. */
export const shareText = (value: MeasuredValue): string => withInterval(value, percent);

/** Estimate and interval apart, for pages that set them in two sizes; undefined for too few samples. */
export function intervalParts(
  value: MeasuredValue,
  numberText: (value: number) => string,
): { estimate: string; interval: string } | undefined {
  if ('tooFew' in value) return undefined;
  return { estimate: numberText(value.estimate), interval: `[${numberText(value.low)}, ${numberText(value.high)}]` };
}

export const scoreNumber = (score: number): string => plain(score, 3);

/** Signed, so that a reader never has to ask which way. */
export function pointsNumber(difference: number): string {
  const text = plain(100 * difference, 1);
  return text === '0.0' || text.startsWith(MINUS) ? text : `+${text}`;
}

/** A margin in points, without sign: `2` or `2.5`. */
export const marginText = (score: number): string => String(Number((100 * score).toFixed(2)));

/** To the cent, or to three digits below a dollar: a mean cost per case is a fraction of a cent. */
export function dollars(nanoUsd: number): string {
  const amount = Math.abs(nanoUsd);
  if (amount >= NANO_PER_USD) return `${nanoUsd < 0 ? MINUS : ''}$${(amount / NANO_PER_USD).toFixed(2)}`;
  const rounded = Math.round(Number(amount.toPrecision(3)));
  return `${nanoUsd < 0 && rounded > 0 ? MINUS : ''}$${formatUsd(rounded)}`;
}

export function duration(ms: number): string {
  return Math.abs(ms) < 1_000 ? `${plain(ms, 0)} ms` : `${plain(ms / 1_000, 2)} s`;
}

/** A p-value; one that rounds to nothing is said to be small, never 0. */
export const pText = (p: number | undefined): string => (p === undefined ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3));

export const percent = (share: number): string => `${plain(100 * share, 1)} %`;

export const whole = (count: number): string => count.toLocaleString('en-GB').replace('-', MINUS);

const MINUS = '−';

/** Fixed decimals with a true minus sign, and no negative zero. */
function plain(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  if (!text.startsWith('-')) return text;
  return Number(text) === 0 ? text.slice(1) : `${MINUS}${text.slice(1)}`;
}

function withInterval(value: MeasuredValue, numberText: (value: number) => string): string {
  const parts = intervalParts(value, numberText);
  return parts === undefined ? TOO_FEW : `${parts.estimate} ${parts.interval}`;
}
