import type { Estimate } from '../measures/group-totals.ts';

/** A Markdown table. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, n) => (n === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** A share as a percentage. */
export const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

/** A share as a percentage with its interval. */
export const percentWithin = ({ value, low, high }: Estimate): string =>
  `${percent(value)} [${percent(low)}, ${percent(high)}]`;

/** A number with its interval. */
export const within = ({ value, low, high }: Estimate, digits = 3): string =>
  `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;

/** US dollars per 1,000 requests. */
export const perThousand = (usd: number): string => (1_000 * usd).toFixed(3);
