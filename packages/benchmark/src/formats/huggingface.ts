import type { BenchmarkCase } from '@pointsman/contracts';
import { jsonRecords } from './json-document.ts';
import { isParquet, parquetRecords } from './parquet-records.ts';
import type { Content, ReadOptions } from './read-options.ts';
import { caseOfRecord } from './record-case.ts';
import type { Row } from './row.ts';

/** A data set as Hugging Face publishes them: Parquet, JSONL or a JSON array, columns by name, conversations and choices too. */
export async function* readHuggingFace(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  const records =
    typeof content !== 'string' && isParquet(content)
      ? parquetRecords(content, options.file)
      : jsonRecords(content, options.file);
  for await (const row of records)
    yield row.ok ? caseOfRecord(row, options, { jsonCells: false, takeReply: true }) : row;
}
