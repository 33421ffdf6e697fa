import type { BadRow, Warning } from '@pointsman/benchmark';

const MOST_LINES = 50;

/** Bad rows and warnings, a line each with its place, the first of many. */
export function problemLines({ bad, warnings }: { bad: readonly BadRow[]; warnings: readonly Warning[] }): string {
  const lines = [
    ...bad.map(({ place, reason }) => `${place}: ${reason}`),
    ...warnings.map(({ place, message }) => `${place}: warning: ${message}`),
  ];
  const more = lines.length - MOST_LINES;
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), `... and ${more} more`] : lines;
  return shown.map((line) => `${line}\n`).join('');
}
