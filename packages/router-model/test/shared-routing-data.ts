import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Files of the shared routing data, by source; `undefined` where it is not there. Throws instead of letting tests skip
 * when POINTSMAN_REQUIRE_ALL is 1.
 */
export function sharedRoutingFiles(sources: readonly string[]): string[] | undefined {
  const shared = process.env.POINTSMAN_SHARED_DIR ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
  const files = sources.map((source) => join(shared, 'data', 'router', `${source}.jsonl.gz`));
  if (files.every((file) => existsSync(file))) return files;
  if (process.env.POINTSMAN_REQUIRE_ALL === '1') throw new Error(`shared routing data is missing: ${files.join(', ')}`);
  return undefined;
}
