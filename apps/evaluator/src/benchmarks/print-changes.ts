import type { BenchmarkChange } from '@pointsman/contracts';
import { printTable } from '../output/print-table.ts';

const MOST_LINES = 40;

/** Changes as a table, the first of many. */
export function printChanges(changes: readonly BenchmarkChange[]): string {
  const table = printTable(
    changes.slice(0, MOST_LINES),
    [
      { title: 'ACTION', value: ({ action }) => action },
      { title: 'CASE', value: ({ caseId }) => caseId },
      { title: 'BY', value: ({ author }) => author },
      { title: 'REASON', value: ({ reason }) => reason },
    ],
    'Nothing changes.',
  );
  const more = changes.length - MOST_LINES;
  return more > 0 ? `${table}\n... and ${more} more (--json shows all)` : table;
}

/** How many of each action: `3 to add, 1 to retire`. */
export function countChanges(changes: readonly BenchmarkChange[]): string {
  const counts = (['add', 'change', 'retire'] as const).map((action) => ({
    action,
    count: changes.filter((change) => change.action === action).length,
  }));
  const present = counts.filter(({ count }) => count > 0).map(({ action, count }) => `${count} to ${action}`);
  return present.length === 0 ? 'nothing changes' : present.join(', ');
}
