import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type ConfigurationResult, loadConfiguration } from './load-configuration.ts';
import type { Environment } from './read-environment.ts';

export const CONFIG_FILE_NAME = 'pointsman.config.yaml';

/**
 * Finds, reads and checks the configuration of a process: `path` when given, else `POINTSMAN_CONFIG`, else
 * `pointsman.config.yaml` in the directory where there is one.
 * @param options.directory the absolute working directory, against which relative paths are read.
 */
export async function readConfiguration(options: {
  env: Environment;
  directory: string;
  path?: string | undefined;
}): Promise<ConfigurationResult> {
  const { env, directory } = options;
  const fromEnv = env.POINTSMAN_CONFIG?.trim();
  const named = options.path ?? (fromEnv === '' ? undefined : fromEnv);
  const path = named ?? CONFIG_FILE_NAME;
  const text = await readText(isAbsolute(path) ? path : join(directory, path));
  if (text.ok) return loadConfiguration({ env, directory, file: { path, text: text.text } });
  if (text.code === 'ENOENT' && named === undefined) return loadConfiguration({ env, directory });
  const unreadable = {
    path: options.path === undefined ? 'POINTSMAN_CONFIG' : path,
    message: 'names a configuration file that cannot be read',
    got: `${path}: ${text.code}`,
    mend: 'Name a file that exists and that this user may read.',
  };
  const rest = loadConfiguration({ env, directory });
  return { ok: false, problems: [unreadable, ...(rest.ok ? [] : rest.problems)] };
}

async function readText(path: string): Promise<{ ok: true; text: string } | { ok: false; code: string }> {
  try {
    return { ok: true, text: await readFile(path, 'utf8') };
  } catch (error) {
    return { ok: false, code: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}
