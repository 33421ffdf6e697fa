import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { projectRoot } from './project-root.ts';
import { missing, type Requirement } from './requirement.ts';

/** The directory of shared data, never part of the project: POINTSMAN_SHARED_DIR, or `../shared`; undefined when missing. */
export function sharedDir(): string | undefined {
  const path = process.env.POINTSMAN_SHARED_DIR ?? resolve(projectRoot(), '../shared');
  return existsSync(path) ? path : undefined;
}

/**
 * The path of a file or folder of the shared data, for `describe.skipIf(!data.available)`.
 * @throws Error when it is missing under POINTSMAN_REQUIRE_ALL=1.
 */
export function requireShared(name: string): Requirement<string> {
  const directory = sharedDir();
  const path = directory === undefined ? undefined : resolve(directory, name);
  return path !== undefined && existsSync(path)
    ? { available: true, value: path }
    : missing(`the shared data '${name}' is missing; set POINTSMAN_SHARED_DIR to the directory that holds it`);
}
