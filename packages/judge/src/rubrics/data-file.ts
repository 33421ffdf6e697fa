import type { z } from 'zod';

/** A versioned data file as it was read: `file` is what messages call it. */
export type DataFile = { file: string; text: string };

/** What a data file holds, or everything that is wrong with it: lines of file, path and problem. */
export type ParsedData<T> = { data: T } | { problems: string[] };

export function parseDataFile<T>(schema: z.ZodType<T>, { file, text }: DataFile): ParsedData<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [`${file}: no JSON: ${error instanceof Error ? error.message : error}`] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { data: parsed.data };
  return { problems: parsed.error.issues.map(({ path, message }) => `${file}: ${writePath(path)}: ${message}`) };
}

const writePath = (path: readonly PropertyKey[]) =>
  path.reduce<string>((written, step) => written + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`), '$');
