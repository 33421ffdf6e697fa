import type { BenchmarkCase } from '@pointsman/contracts';
import { completeCase } from './complete-case.ts';
import { jsonLines } from './json-lines.ts';
import type { Content, ReadOptions } from './read-options.ts';
import type { Row } from './row.ts';

/** Our own format: a case a line, fields as in the contract. A field that is not ours makes the row bad. */
export async function* readJsonl(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  for (const row of jsonLines(content, options.file)) yield row.ok ? completeCase(row.value, row.place, options) : row;
}

export const writeJsonl = (cases: readonly BenchmarkCase[]): string =>
  cases.map((benchmarkCase) => `${JSON.stringify(benchmarkCase)}\n`).join('');
