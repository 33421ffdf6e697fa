import type { z } from 'zod';
import { type ExchangedItem, type ExchangeFormat, type ReadItem, readItem } from './exchanged-item.ts';

type JsonElement = { ok: true; place: string; value: unknown } | { ok: false; place: string; reason: string };

/** The elements of a JSON array, each with its place. */
function jsonArrayOf(content: string): JsonElement[] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return [{ ok: false, place: 'file', reason: error instanceof Error ? error.message : 'is no JSON' }];
  }
  if (!Array.isArray(value)) return [{ ok: false, place: 'file', reason: 'is no list' }];
  return value.map((element, index) => ({ ok: true, place: `entry ${index + 1}`, value: element }));
}

/** What sets one tool's file apart from another's. */
export type JsonList<Entry extends z.ZodType> = {
  fileName: string;
  /** An item as the tool takes it. */
  entryOf(item: ExchangedItem): unknown;
  /** An entry of the list, and the item it is. */
  schema: Entry;
  itemOf(entry: z.infer<Entry>): unknown;
  /** What is said of an entry that does not fit. */
  misfit: string;
};

/** A file that is one JSON list, an entry for each item. */
export const jsonListFormat = <Entry extends z.ZodType>(list: JsonList<Entry>): ExchangeFormat => ({
  contentType: 'application/json; charset=utf-8',
  fileName: list.fileName,
  head: '[\n',
  between: ',\n',
  foot: '\n]\n',
  write: (item) => JSON.stringify(list.entryOf(item)),
  read: (content) =>
    jsonArrayOf(content).map((row): ReadItem => {
      if (!row.ok) return row;
      const parsed = list.schema.safeParse(row.value);
      if (!parsed.success) return { ok: false, place: row.place, reason: list.misfit };
      return readItem(list.itemOf(parsed.data), row.place);
    }),
});
