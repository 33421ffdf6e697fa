import { decodeText } from './decode-text.ts';
import { shortJson } from './explain-issues.ts';
import type { Content } from './read-options.ts';
import { badRow, type Row } from './row.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const NOT_TEXT = 'is not UTF-8 text: save it as UTF-8';

/** What stands in a repository for a file that was not fetched. */
export const isLfsPointer = (text: string): boolean => text.startsWith('version https://git-lfs');

/** The objects of a file with one JSON object a line, in order; empty lines are passed over. */
export function* jsonLines(content: Content, file: string): Iterable<Row<JsonObject>> {
  let text: string;
  try {
    text = decodeText(content);
  } catch {
    // The only thing that decoding can say.
    yield badRow(file, NOT_TEXT);
    return;
  }
  if (isLfsPointer(text)) {
    yield badRow(file, 'is a pointer of Git LFS, not the file: fetch it with git lfs pull');
    return;
  }
  for (const [index, line] of text.split(/\r?\n/).entries())
    if (line.trim() !== '') yield parseLine(line, `${file}:${index + 1}`);
}

function parseLine(line: string, place: string): Row<JsonObject> {
  try {
    const value: unknown = JSON.parse(line);
    if (isJsonObject(value)) return { ok: true, value, place, warnings: [] };
    return badRow(place, `is not a JSON object (got ${shortJson(value)})`);
  } catch (error) {
    return badRow(place, `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
