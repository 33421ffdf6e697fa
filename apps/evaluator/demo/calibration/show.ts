import type { Interval } from '@pointsman/statistics';
import { printTable } from '../../src/output/print-table.ts';

/** An estimate with its 95 % interval. */
export function shown(interval: Interval | undefined, digits = 2): string {
  if (interval === undefined) return '';
  if ('tooFew' in interval) return 'too few samples';
  const { estimate, low, high } = interval;
  return `${estimate.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

export const percent = (share: number, digits = 0) => `${(100 * share).toFixed(digits)} %`;

/** A share as percentage with its interval. */
export function shownPercent(interval: Interval, digits = 1): string {
  if ('tooFew' in interval) return 'too few samples';
  const { estimate, low, high } = interval;
  return `${percent(estimate, digits)} (${(100 * low).toFixed(digits)} to ${(100 * high).toFixed(digits)})`;
}

/** A table of texts: the first column to the left, numbers to the right. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = titles.map((title, index) => ({
    title,
    value: (row: readonly string[]) => row[index],
    align: index === 0 ? ('left' as const) : ('right' as const),
  }));
  return printTable(rows, columns, 'nothing to show');
}
