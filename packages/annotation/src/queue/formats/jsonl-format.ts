import { jsonLines } from '@pointsman/benchmark';
import { type ExchangedItem, type ExchangeFormat, readItem } from './exchanged-item.ts';

/** Our own: one item a line, with everything that is known of it. */
export const jsonlFormat: ExchangeFormat = {
  contentType: 'application/jsonl; charset=utf-8',
  fileName: 'jsonl',
  head: '',
  between: '',
  foot: '',
  write: (item: ExchangedItem) => `${JSON.stringify(item)}\n`,
  read: (content) =>
    [...jsonLines(content, 'line')].map((row) =>
      row.ok ? readItem(row.value, row.place) : { ok: false, place: row.place, reason: row.reason },
    ),
};
