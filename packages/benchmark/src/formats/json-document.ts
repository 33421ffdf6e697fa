import { decodeText } from './decode-text.ts';
import { isJsonObject, type JsonObject, jsonLines } from './json-lines.ts';
import type { Content } from './read-options.ts';
import { badRow, type Row } from './row.ts';

/**
 * The objects of a file that is one JSON array, or has one object a line: data sets and logs come as both.
 * Places are items of the array, or lines.
 */
export function* jsonRecords(content: Content, file: string): Iterable<Row<JsonObject>> {
  const document = jsonDocument(content);
  if (!Array.isArray(document)) {
    yield* jsonLines(content, file);
    return;
  }
  for (const [index, value] of document.entries()) {
    const place = `${file}: [${index}]`;
    yield isJsonObject(value) ? { ok: true, value, place, warnings: [] } : badRow(place, 'is not a JSON object');
  }
}

/** The file as one JSON value; undefined when it is not. */
export function jsonDocument(content: Content): unknown {
  try {
    return JSON.parse(decodeText(content));
  } catch {
    // Whoever asked reads it in another way, and says there what is wrong.
    return undefined;
  }
}
