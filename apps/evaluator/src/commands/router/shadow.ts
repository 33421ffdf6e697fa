import { resolve } from 'node:path';
import { type ShadowRouter, setShadowRouter, showShadowRouter } from '@pointsman/administration';
import type { ShadowSummary } from '@pointsman/router-model';
import type { Command } from 'commander';
import type { CommandContext, Session } from '../../command-context.ts';
import { fraction } from '../../option-values.ts';
import { printFacts } from '../../output/print-facts.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { printShadow } from '../../shadow/print-shadow.ts';
import { loadRouterModel } from './load-router-model.ts';

type ShadowOptions = { off?: boolean; share?: number };

const USUAL_SHARE = 0.1;

export function addShadow(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('shadow [dir]')
    .description('Let a second artefact predict without choosing; without a folder, compare it with the one in use')
    .option('--off', 'end it')
    .option('--share <share>', 'of the requests it sees (default: 0.1)', fraction)
    .action(async (dir: string | undefined, { off, share }: ShadowOptions) => {
      if (off === true) {
        await withStorage(({ repositories }) => setShadowRouter(repositories, undefined));
        show({ shadow: null }, () => 'No artefact predicts beside the one in use any more.');
        return;
      }
      if (dir !== undefined) {
        const { readManifest } = await loadRouterModel();
        const artefactDir = resolve(terminal.directory, dir);
        const { version } = await readManifest(artefactDir);
        const shadow = { artefactDir, version, share: share ?? USUAL_SHARE };
        await withStorage(({ repositories }) => setShadowRouter(repositories, shadow));
        show(shadow, () => castText(shadow));
        return;
      }
      const status = await withStorage(readStatus);
      show(status ?? { shadow: null }, () => printStatus(status));
    });
}

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;

const castText = ({ artefactDir, version, share }: ShadowRouter): string =>
  [
    `${version} from ${artefactDir} predicts on ${percent(share)} of the routed requests from within a second on, and chooses nothing.`,
    'Compare it with the one in use: pointsman router shadow',
    'End it: pointsman router shadow --off',
  ].join('\n');

type Status = { shadow: ShadowRouter; routerVersion: string; summary: ShadowSummary };

async function readStatus(session: Session): Promise<Status | undefined> {
  const shadow = await showShadowRouter(session.repositories);
  if (shadow === undefined) return undefined;
  const { readManifest, summariseShadow } = await loadRouterModel();
  const { version: routerVersion } = await readManifest((await servedArtefact(session)).artefactDir);
  const comparisons = await session.repositories.shadowDecisions.list({ routerVersion, shadowVersion: shadow.version });
  return { shadow, routerVersion, summary: summariseShadow(comparisons) };
}

function printStatus(status: Status | undefined): string {
  if (status === undefined) return 'No artefact predicts beside the one in use: pointsman router shadow <dir>';
  const { shadow, routerVersion, summary } = status;
  const facts = printFacts({
    shadow: `${shadow.version} from ${shadow.artefactDir}`,
    'in use': routerVersion,
    share: `${percent(shadow.share)} of the routed requests`,
  });
  return `${facts}\n\n${printShadow(summary)}`;
}
