import { resolve } from 'node:path';
import { setActiveRouter } from '@pointsman/administration';
import type { Manifest, PromotionVerdict } from '@pointsman/router-model';
import type { Command } from 'commander';
import type { CommandContext, Session } from '../../command-context.ts';
import { operatorName } from '../../operator-name.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { findReport } from './find-reports.ts';
import { loadRouterModel } from './load-router-model.ts';
import { overrideWarning } from './override-warning.ts';

type PromoteOptions = { force?: boolean };

export function addPromote(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('promote [dir]')
    .description(
      'Judge an artefact by its stored evaluation against the one in use, and serve it; without a folder, judge the one in use anew',
    )
    .option('--force', 'serve it although it is held, and remember that')
    .action(async (dir: string | undefined, { force }: PromoteOptions) => {
      const promoted = await withStorage(async (session) => {
        const candidateDir = dir === undefined ? undefined : resolve(terminal.directory, dir);
        const { artefactDir, verdict } = await judge(candidateDir, session);
        if (verdict.kind === 'hold' && force !== true) throw new Error(heldMessage(verdict));
        const { applyPromotion, storeArtefact } = await loadRouterModel();
        const stored = await storeArtefact(artefactDir, session.configuration.artefactsDir);
        const { version, mode } = await applyPromotion(stored.artefactDir, verdict);
        const active = { artefactDir: stored.artefactDir, version, mode };
        await setActiveRouter(session.repositories, active, {
          at: new Date(terminal.now()).toISOString(),
          by: operatorName(),
          action: verdict.kind === 'hold' ? 'forced' : 'promoted',
          reasons: verdict.reasons,
        });
        return { ...active, verdict, warning: overrideWarning(session.configuration) };
      });
      show(promoted, () => printPromoted(promoted));
    });
}

type Judged = { artefactDir: string; verdict: PromotionVerdict };

async function judge(candidateDir: string | undefined, session: Session): Promise<Judged> {
  const { judgePromotion, readManifest } = await loadRouterModel();
  const { artefactsDir } = session.configuration;
  const served = await servedArtefact(session);
  const artefactDir = candidateDir ?? served.artefactDir;
  const candidate = await readManifest(artefactDir);
  const report = await findReport(candidate, artefactsDir);
  if (report === undefined) throw new Error(unevaluatedMessage(candidate, candidateDir));
  const current = await readManifest(served.artefactDir);
  if (current.version === candidate.version) return { artefactDir, verdict: judgePromotion(report) };
  const other = await findReport(current, artefactsDir, report.data.hash);
  const verdict = judgePromotion(report, other);
  return {
    artefactDir,
    verdict: other === undefined ? heldUncompared(verdict, { candidate, current, artefactDir }) : verdict,
  };
}

/** Nothing is known of the artefact in use: then nothing says that the candidate is not worse. */
function heldUncompared(
  verdict: PromotionVerdict,
  { candidate, current, artefactDir }: { candidate: Manifest; current: Manifest; artefactDir: string },
): PromotionVerdict {
  const known = new Set(current.models.map(({ name }) => name));
  const reason = candidate.models.some(({ name }) => known.has(name))
    ? `${current.version}, which is in use, was not evaluated: pointsman router evaluate --data <jsonl...> --unseen-by ${artefactDir} --record`
    : `it shares no model with ${current.version}, which is in use: nothing to compare`;
  const others = verdict.kind === 'hold' ? verdict.reasons : [verdict.modeReason];
  return { ...verdict, kind: 'hold', reasons: [reason, ...others] };
}

function unevaluatedMessage({ version }: Manifest, dir: string | undefined): string {
  const artefact = dir === undefined ? '' : ` --artefact ${dir}`;
  return `${version} was not evaluated. Run: pointsman router evaluate${artefact} --data <jsonl...> --record`;
}

const listed = (reasons: readonly string[]): string => reasons.map((reason) => `- ${reason}`).join('\n');

const heldMessage = ({ reasons }: PromotionVerdict): string =>
  `held, the artefact in use goes on serving (--force serves it all the same):\n${listed(reasons)}`;

type Promoted = {
  artefactDir: string;
  version: string;
  mode: string;
  verdict: PromotionVerdict;
  warning: string | undefined;
};

function printPromoted({ artefactDir, version, mode, verdict, warning }: Promoted): string {
  const how = verdict.kind === 'hold' ? 'Promoted although it is held' : 'Promoted';
  return [
    `${how}: gateways serve ${version} (${mode}) from ${artefactDir} within a second, once it passes its self-check.`,
    listed(verdict.reasons),
    'Take it back: pointsman router rollback',
    ...(warning === undefined ? [] : [warning]),
  ].join('\n');
}
