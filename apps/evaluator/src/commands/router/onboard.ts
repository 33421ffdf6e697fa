import { resolve } from 'node:path';
import type { OnboardingReport } from '@pointsman/router-model/encoders';
import type { Interval } from '@pointsman/statistics';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { printFacts } from '../../output/print-facts.ts';
import { servedArtefact } from '../../served-artefact.ts';

type OnboardOptions = { model: string; data: string[]; out: string; artefact?: string };

/** Adds `onboard` to the router's commands: a model joins an artefact by its benchmark answers. */
export function addOnboard(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('onboard')
    .description('Add a model to an artefact, or teach it one better, from scored answers alone; seconds')
    .requiredOption('--model <name>', 'the name its answers carry: a router name or a catalogue id')
    .requiredOption('--data <jsonl...>', '.jsonl or .jsonl.gz files of scored replies')
    .requiredOption('--out <dir>', 'folder for the artefact that knows it')
    .option('--artefact <dir>', 'the artefact to start from (default: the one in use)')
    .action(async ({ model, data, out, artefact }: OnboardOptions) => {
      const { onboardModel, openRouterSession } = await import('@pointsman/router-model/encoders');
      const { readRows } = await import('@pointsman/router-model');
      const artefactDir =
        artefact === undefined
          ? (await withStorage(servedArtefact)).artefactDir
          : resolve(terminal.directory, artefact);
      const session = await openRouterSession(artefactDir);
      try {
        const { manifest, report } = await onboardModel({
          artefactDir,
          outDir: resolve(terminal.directory, out),
          name: model,
          rows: readRows(data.map((file) => resolve(terminal.directory, file))),
          read: session.read,
        });
        show({ version: manifest.version, ...report }, () => print(manifest.version, report, out));
      } finally {
        await session.release();
      }
    });
}

function print(version: string, report: OnboardingReport, out: string): string {
  const { learnedBefore, repeated, unscored } = report.leftOut;
  const facts = {
    version,
    folder: out,
    model: `${report.name}, ${report.isNew ? 'new' : 'known before'}`,
    answers: `${report.answers} learned; left out: ${learnedBefore} learned before, ${repeated} repeated, ${unscored} without a score`,
    'ability before': inWords(report.ability.before),
    'ability now': inWords(report.ability.after),
  };
  return `${printFacts(facts)}\n\nAbility: log odds of a full score on a request of average ease, with a 95 % interval.`;
}

const inWords = (interval: Interval): string =>
  'tooFew' in interval
    ? 'too few samples'
    : `${interval.estimate.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
