import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { jsonLines } from '@pointsman/benchmark';
import { z } from 'zod';

/**
 * The objects of JSONL files, in order; none where no file is named.
 * @throws {Error} naming file and line of the first that is not as the schema says.
 */
export async function readJsonLines<Schema extends z.ZodType>(
  files: readonly string[] | undefined,
  schema: Schema,
  directory: string,
): Promise<z.infer<Schema>[]> {
  const all = await Promise.all(
    (files ?? []).map(async (file) =>
      Array.from(jsonLines(await readFile(resolve(directory, file)), file), (row) => {
        if (!row.ok) throw new Error(`${row.place}: ${row.reason}`);
        const parsed = schema.safeParse(row.value);
        if (!parsed.success) throw new Error(`${row.place}: ${z.prettifyError(parsed.error)}`);
        return parsed.data;
      }),
    ),
  );
  return all.flat();
}
