import { parse } from 'yaml';
import { decodeText } from '../decode-text.ts';
import type { ReadOptions } from '../read-options.ts';

/** A part of a configuration that has no equal here, or cannot be read; the message says which and why. */
export class ConfigProblem extends Error {}

const FILE = 'file://';

/** The path of a `file://` reference; undefined for anything else. */
export const referredFile = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith(FILE) ? value.slice(FILE.length) : undefined;

export const extensionOf = (path: string): string => /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';

/** @throws {ConfigProblem} when there is no such file. */
export async function openText(path: string, { open }: Pick<ReadOptions, 'open'>): Promise<string> {
  const bytes = await open?.(path);
  if (bytes === undefined) throw new ConfigProblem(`the file ${path} that it names cannot be read`);
  return decodeText(bytes);
}

/**
 * What a JSON or YAML text says.
 * @param path of a file beside the configuration.
 * @throws {ConfigProblem} naming line and fault.
 */
export function parseYaml(text: string, path?: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const fault = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ConfigProblem(`${path === undefined ? '' : `${path} `}is not YAML: ${fault}`);
  }
}

/** The value itself, or what the file holds that it refers to: parsed where that is JSON or YAML, else as text. */
export async function resolveReference(value: unknown, options: Pick<ReadOptions, 'open'>): Promise<unknown> {
  const path = referredFile(value);
  if (path === undefined) return value;
  const extension = extensionOf(path);
  if (['json', 'yaml', 'yml'].includes(extension)) return parseYaml(await openText(path, options), path);
  if (['txt', 'md', 'csv', 'html', 'xml', ''].includes(extension)) return (await openText(path, options)).trimEnd();
  throw new ConfigProblem(`files of type .${extension} (${path}) are not supported`);
}
