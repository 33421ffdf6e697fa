import { basename } from 'node:path';
import { listArtefacts, type StoredArtefact, type StoreEntry } from '../artefact/artefact-store.ts';
import { type Manifest, readManifest } from '../artefact/manifest.ts';
import type { EvaluationTable } from '../evaluation/evaluation-table.ts';
import { judgePromotion, type PromotionVerdict } from './judge-promotion.ts';

/** `verdict` is undefined when the candidate was never evaluated. */
export type JudgedArtefact = { candidate: Manifest; verdict: PromotionVerdict | undefined };

/** Judges an artefact by its stored evaluation against the one that serves; the latter itself is judged anew, alone. */
export async function judgeArtefact(folders: {
  candidateDir: string;
  servedDir: string;
  storeDir: string;
}): Promise<JudgedArtefact> {
  const { candidateDir, servedDir, storeDir } = folders;
  const [candidate, current, store] = await Promise.all([
    readManifest(candidateDir),
    readManifest(servedDir),
    listArtefacts(storeDir),
  ]);
  return { candidate, verdict: judgeStored({ artefactDir: candidateDir, manifest: candidate }, current, store) };
}

/** The same of what was read before. Undefined when the candidate was never evaluated. */
export function judgeStored(
  { artefactDir, manifest }: StoredArtefact,
  current: Manifest,
  store: readonly StoreEntry[],
): PromotionVerdict | undefined {
  const report = findReport(manifest, store);
  if (report === undefined) return undefined;
  if (current.version === manifest.version) return judgePromotion(report);
  const other = findReport(current, store, report.data.hash);
  const verdict = judgePromotion(report, other);
  return other === undefined
    ? heldUncompared(verdict, { candidate: manifest, current, candidateDir: artefactDir })
    : verdict;
}

/**
 * The stored report of an artefact: in its own manifest, or in that of its copy in the store. Of two the one on the wanted
 * rows counts. Undefined when it was not evaluated.
 */
export function findReport(
  manifest: Manifest,
  store: readonly StoreEntry[],
  wantedRows?: string,
): EvaluationTable | undefined {
  const stored = store.flatMap((entry) =>
    'manifest' in entry && basename(entry.artefactDir) === manifest.version ? [entry.manifest] : [],
  );
  const reports = [manifest, ...stored]
    .map(({ evaluation }) => evaluation)
    .filter((report) => report?.version === manifest.version);
  return reports.find((report) => report?.data.hash === wantedRows) ?? reports[0];
}

/** Nothing is known of the artefact in use: then nothing says that the candidate is not worse. */
function heldUncompared(
  verdict: PromotionVerdict,
  { candidate, current, candidateDir }: { candidate: Manifest; current: Manifest; candidateDir: string },
): PromotionVerdict {
  const known = new Set(current.models.map(({ name }) => name));
  const reason = candidate.models.some(({ name }) => known.has(name))
    ? `${current.version}, which is in use, was not evaluated: pointsman router evaluate --data <jsonl...> --unseen-by ${candidateDir} --record`
    : `it shares no model with ${current.version}, which is in use: nothing to compare`;
  const others = verdict.kind === 'hold' ? verdict.reasons : [verdict.modeReason];
  return { ...verdict, kind: 'hold', reasons: [reason, ...others] };
}
