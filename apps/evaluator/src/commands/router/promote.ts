import { resolve } from 'node:path';
import { setActiveRouter } from '@pointsman/administration';
import type { Manifest, PromotionVerdict } from '@pointsman/router-model';
import type { Command } from 'commander';
import type { CommandContext, Session } from '../../command-context.ts';
import { operatorName } from '../../operator-name.ts';
import { servedArtefact } from '../../served-artefact.ts';
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
  const { judgeArtefact } = await loadRouterModel();
  const servedDir = (await servedArtefact(session)).artefactDir;
  const artefactDir = candidateDir ?? servedDir;
  const storeDir = session.configuration.artefactsDir;
  const { candidate, verdict } = await judgeArtefact({ candidateDir: artefactDir, servedDir, storeDir });
  if (verdict === undefined) throw new Error(unevaluatedMessage(candidate, candidateDir));
  return { artefactDir, verdict };
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
