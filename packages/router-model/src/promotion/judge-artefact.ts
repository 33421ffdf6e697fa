import { join } from 'node:path';
import { listArtefacts } from '../artefact/artefact-store.ts';
import { type Manifest, readManifest } from '../artefact/manifest.ts';
import type { EvaluationTable } from '../evaluation/evaluation-table.ts';
import { judgePromotion, type PromotionVerdict } from './judge-promotion.ts';

export type ArtefactQuestion = { candidateDir: string; servedDir: string; storeDir: string };

/** `verdict` is undefined when the candidate was never evaluated. */
export type JudgedArtefact = { candidate: Manifest; verdict: PromotionVerdict | undefined };

/** Judges an artefact by its stored evaluation against the one that serves; the latter itself is judged anew, alone. */
export async function judgeArtefact({ candidateDir, servedDir, storeDir }: ArtefactQuestion): Promise<JudgedArtefact> {
  const [candidate, current] = await Promise.all([readManifest(candidateDir), readManifest(servedDir)]);
  const report = await findReport(candidate, storeDir);
  if (report === undefined) return { candidate, verdict: undefined };
  if (current.version === candidate.version) return { candidate, verdict: judgePromotion(report) };
  const other = await findReport(current, storeDir, report.data.hash);
  const verdict = judgePromotion(report, other);
  return {
    candidate,
    verdict: other === undefined ? heldUncompared(verdict, { candidate, current, candidateDir }) : verdict,
  };
}

/**
 * The stored report of an artefact: in its own manifest, or in that of its copy in the store. Of two the one on the wanted
 * rows counts. Undefined when it was not evaluated.
 */
async function findReport(
  manifest: Manifest,
  storeDir: string,
  wantedRows?: string,
): Promise<EvaluationTable | undefined> {
  const stored = (await listArtefacts(storeDir)).flatMap((entry) =>
    'manifest' in entry && entry.artefactDir === join(storeDir, manifest.version) ? [entry.manifest] : [],
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
