import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@pointsman/testkit';

/** The path of every page of the dashboard, such as `/requests/$id`, read from what the features say: none can be forgotten. */
export function listPages(): string[] {
  const files = globSync('apps/dashboard/src/features/*/pages.ts', { cwd: projectRoot() });
  const texts = files.map((file) => readFileSync(join(projectRoot(), file), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path as string)).sort();
}
