import { resolve } from 'node:path';
import { shippedCatalog } from '@pointsman/model-catalog';
import type { UpdateReport } from '@pointsman/router-model/encoders';
import type { Interval } from '@pointsman/statistics';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { positiveInteger } from '../../option-values.ts';
import { printFacts } from '../../output/print-facts.ts';
import { type Column, printTable } from '../../output/print-table.ts';
import { type ScoredDecisions, scoredDecisions } from '../../scored-decisions.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { loadRouterModel } from './load-router-model.ts';

type UpdateOptions = { out: string; days?: number };

const DAY_MS = 86_400_000;

/** Adds `update`: the served artefact learns from what callers said of replies, models and clients alike. */
export function addUpdate(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('update')
    .description('Let the artefact in use learn from the feedback on its own decisions; requests are read as before')
    .requiredOption('--out <dir>', 'folder for the artefact that has learned')
    .option('--days <n>', 'how far back feedback counts (default: 30)', positiveInteger)
    .action(async ({ out, days = 30 }: UpdateOptions) => {
      const { factsOf, readManifest } = await loadRouterModel();
      const { openRouterSession, updateRouter } = await import('@pointsman/router-model/encoders');
      const facts = new Map(shippedCatalog().models.map((model) => [model.id, factsOf(model)]));
      const { artefactDir, told } = await withStorage(async (session) => {
        const served = await servedArtefact(session);
        return {
          artefactDir: served.artefactDir,
          told: await scoredDecisions(session, {
            manifest: await readManifest(served.artefactDir),
            since: new Date(terminal.now() - days * DAY_MS),
            namesOf: (modelId) => facts.get(modelId)?.names ?? [modelId],
          }),
        };
      });
      if (told.decisions.length === 0) throw new Error(`nothing to learn from: ${leftOut(told)}`);
      const session = await openRouterSession(artefactDir);
      try {
        const outDir = resolve(terminal.directory, out);
        const update = { artefactDir, outDir, read: session.read, decisions: told.decisions };
        const { manifest, report } = await updateRouter({ ...update, factsOf: (model) => facts.get(model) });
        show({ version: manifest.version, leftOut: told.leftOut, ...report }, () =>
          print(manifest.version, report, told),
        );
      } finally {
        await session.release();
      }
    });
}

type ModelUpdate = UpdateReport['models'][number];
type ClientUpdate = UpdateReport['clients'][number];

const MODEL_COLUMNS: readonly Column<ModelUpdate>[] = [
  { title: 'model', value: ({ name }) => name },
  { title: 'replies', value: ({ decisions }) => decisions, align: 'right' },
  { title: 'scored', value: ({ scored }) => scored.toFixed(3), align: 'right' },
  { title: 'predicted', value: ({ predicted }) => predicted.before.toFixed(3), align: 'right' },
  { title: 'now', value: ({ predicted }) => predicted.after.toFixed(3), align: 'right' },
  { title: 'shift in log odds', value: ({ shift }) => inWords(shift) },
];

const CLIENT_COLUMNS: readonly Column<ClientUpdate>[] = [
  { title: 'client', value: ({ clientId }) => clientId },
  { title: 'model', value: ({ model }) => model },
  { title: 'replies', value: ({ decisions }) => decisions, align: 'right' },
  { title: 'shift in log odds', value: ({ shift }) => inWords(shift) },
];

function print(version: string, report: UpdateReport, told: ScoredDecisions): string {
  const learned = `${report.decisions} scored replies`;
  return [
    printFacts({ version, learned, 'left out': leftOut(told) }),
    printTable(report.models, MODEL_COLUMNS, 'No model changed.'),
    printTable(report.clients, CLIENT_COLUMNS, 'No client has enough scores of its own.'),
  ].join('\n\n');
}

const leftOut = ({ leftOut: { gone, ofOtherVersions, unpredicted } }: ScoredDecisions): string =>
  `${ofOtherVersions} predicted by other artefacts, ${unpredicted} not predicted, ${gone} past retention`;

const inWords = (interval: Interval): string =>
  'tooFew' in interval
    ? 'too few samples'
    : `${interval.estimate.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
