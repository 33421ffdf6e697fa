import type { BenchmarkCase } from '@pointsman/contracts';
import Papa from 'papaparse';
import { csvRecords } from './csv-records.ts';
import type { JsonObject } from './json-lines.ts';
import type { Content, ReadOptions } from './read-options.ts';
import { caseOfRecord } from './record-case.ts';
import type { GoodRow, Row } from './row.ts';

const COLUMNS = [
  'id',
  'system',
  'prompt',
  'messages',
  'reference',
  'domain',
  'task',
  'language',
  'difficulty',
  'checks',
  'weights',
  'provenance',
  'licence',
] as const;

/** A case a record; columns by name, JSON in the cells of messages, checks, weights and provenance. */
export async function* readCsv(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  for (const row of csvRecords(content, options.file))
    yield row.ok ? caseOfRecord(withoutEmpty(row), options, { jsonCells: true, takeReply: false }) : row;
}

/** An empty cell says nothing. */
const withoutEmpty = (row: GoodRow<JsonObject>): GoodRow<JsonObject> => ({
  ...row,
  value: Object.fromEntries(Object.entries(row.value).filter(([, cell]) => cell !== '')),
});

/** RFC 4180: commas, CRLF, quotes where needed. */
export const writeCsv = (cases: readonly BenchmarkCase[]): string =>
  `${Papa.unparse({ fields: [...COLUMNS], data: cases.map(cellsOf) })}\r\n`;

function cellsOf({ messages, checks, weights, provenance, reference, ...rest }: BenchmarkCase): string[] {
  const cells: Partial<Record<(typeof COLUMNS)[number], string | undefined>> = {
    ...rest,
    ...(plainTurns(messages) ?? { messages: JSON.stringify(messages) }),
    reference,
    checks: checks.length === 0 ? '' : JSON.stringify(checks),
    weights: weights && JSON.stringify(weights),
    provenance: JSON.stringify(provenance),
  };
  return COLUMNS.map((column) => cells[column] ?? '');
}

/** A question, with or without a system message, as cells that a person can edit; anything else stays JSON. */
function plainTurns(messages: BenchmarkCase['messages']): { system?: string; prompt: string } | undefined {
  const texts = messages.map(({ content, ...turn }) =>
    typeof content === 'string' && content !== '' && Object.keys(turn).length === 1
      ? { role: turn.role, content }
      : undefined,
  );
  const [first, second, ...others] = texts;
  if (others.length > 0) return undefined;
  if (first?.role === 'user' && messages.length === 1) return { prompt: first.content };
  if (first?.role === 'system' && second?.role === 'user') return { system: first.content, prompt: second.content };
  return undefined;
}
