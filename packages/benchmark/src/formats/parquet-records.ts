import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { isJsonObject, type JsonObject } from './json-lines.ts';
import { badRow, type Row } from './row.ts';

// Snappy, what most data sets use, hyparquet does itself.
const COMPRESSORS = {
  GZIP: (bytes: Uint8Array): Uint8Array => gunzipSync(bytes),
  BROTLI: (bytes: Uint8Array): Uint8Array => brotliDecompressSync(bytes),
  ZSTD: (bytes: Uint8Array): Uint8Array => zstdDecompressSync(bytes),
};

/** Parquet files begin and end with this mark. */
export const isParquet = (content: Uint8Array): boolean => new TextDecoder().decode(content.subarray(0, 4)) === 'PAR1';

/** The rows of a Parquet file by column, nested values as JSON has them; places count rows from 1. */
export async function* parquetRecords(content: Uint8Array, file: string): AsyncIterable<Row<JsonObject>> {
  let records: Record<string, unknown>[];
  try {
    // A copy: the bytes may be a part of a larger buffer.
    const { buffer } = new Uint8Array(content);
    records = await parquetReadObjects({ file: buffer, compressors: COMPRESSORS });
  } catch (error) {
    yield badRow(file, `is not Parquet that can be read: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  for (const [index, record] of records.entries())
    yield { ok: true, value: plainObject(record), place: `${file}: row ${index + 1}`, warnings: [] };
}

const plainObject = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, plainValue(value)]));

/** What JSON cannot say, said so that it can: large integers as numbers, instants as text. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return [...(value as unknown as Iterable<unknown>)].map(plainValue);
  if (Array.isArray(value)) return value.map(plainValue);
  return isJsonObject(value) ? plainObject(value) : value;
}
