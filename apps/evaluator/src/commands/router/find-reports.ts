import { join } from 'node:path';
import type { EvaluationTable, Manifest } from '@pointsman/router-model';
import { loadRouterModel } from './load-router-model.ts';

/**
 * The stored report of an artefact: in its own manifest, or in that of its copy in the store. Of two the one on the wanted
 * rows counts. Undefined when it was not evaluated.
 */
export async function findReport(
  manifest: Manifest,
  artefactsDir: string,
  wantedRows?: string,
): Promise<EvaluationTable | undefined> {
  const { listArtefacts } = await loadRouterModel();
  const stored = (await listArtefacts(artefactsDir)).flatMap((entry) =>
    'manifest' in entry && entry.artefactDir === join(artefactsDir, manifest.version) ? [entry.manifest] : [],
  );
  const reports = [manifest, ...stored]
    .map(({ evaluation }) => evaluation)
    .filter((report) => report?.version === manifest.version);
  return reports.find((report) => report?.data.hash === wantedRows) ?? reports[0];
}
