import Papa from 'papaparse';
import { decodeText } from './decode-text.ts';
import { type JsonObject, NOT_TEXT } from './json-lines.ts';
import type { Content } from './read-options.ts';
import { badRow, type Row } from './row.ts';

const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Records of a CSV file by the names of its header; the delimiter is the one that parts the header into most names. Lines
 * without any text are passed over.
 */
export function* csvRecords(content: Content, file: string): Iterable<Row<JsonObject>> {
  let text: string;
  try {
    text = decodeText(content);
  } catch {
    // The only thing that decoding can say.
    yield badRow(file, NOT_TEXT);
    return;
  }
  const [header, ...lines] = parseLines(text);
  if (header === undefined) return;
  const names = header.cells.map((name) => name.trim());
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined) {
    yield badRow(`${file}:${header.line}`, `the header has two columns '${repeated}': give each a name of its own`);
    return;
  }
  for (const line of lines)
    if (line.problem !== undefined || line.cells.some((cell) => cell !== ''))
      yield recordOf(names, line, `${file}:${line.line}`);
}

type Line = { cells: string[]; line: number; problem: string | undefined };

function parseLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let line = 1;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data, errors, meta }) => {
      lines.push({ cells: data, line, problem: errors[0]?.message });
      line += countBreaks(text.slice(start, meta.cursor));
      start = meta.cursor;
    },
  });
  return lines;
}

function delimiterOf(text: string): string {
  const widths = DELIMITERS.map((delimiter) => ({
    delimiter,
    width: Papa.parse<string[]>(text, { delimiter, preview: 1 }).data[0]?.length ?? 0,
  }));
  return widths.reduce((best, one) => (one.width > best.width ? one : best)).delimiter;
}

const countBreaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

function recordOf(names: readonly string[], { cells, problem }: Line, place: string): Row<JsonObject> {
  if (problem !== undefined)
    return badRow(place, `${problem}: put the cell in quotes and write each quote in it twice`);
  if (cells.length !== names.length)
    return badRow(
      place,
      `has ${cells.length} cells, but the header ${names.length}: put cells that contain the delimiter or a line break in quotes`,
    );
  const named = names.flatMap((name, index) => (name === '' ? [] : [[name, cells[index]]]));
  return { ok: true, value: Object.fromEntries(named), place, warnings: [] };
}
