import type { StoreEntry } from '@pointsman/router-model';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { printTable } from '../../output/print-table.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { loadRouterModel } from './load-router-model.ts';

export function addList(router: Command, { withStorage, show }: CommandContext): void {
  router
    .command('list')
    .description('List the artefacts in the store')
    .action(async () => {
      const { listArtefacts } = await loadRouterModel();
      const { artefactsDir, entries, served } = await withStorage(async (session) => ({
        artefactsDir: session.configuration.artefactsDir,
        entries: await listArtefacts(session.configuration.artefactsDir),
        served: await servedArtefact(session),
      }));
      const lines = entries.map((entry) => ({ ...entry, isServed: entry.artefactDir === served.artefactDir }));
      show(
        lines.map(({ artefactDir, isServed, ...entry }) => ({ artefactDir, isServed, ...factsOf(entry) })),
        () => `${artefactsDir}\n\n${printStore(lines)}`,
      );
    });
}

type Line = StoreEntry & { isServed: boolean };

function factsOf(entry: Omit<Extract<StoreEntry, { manifest: unknown }>, 'artefactDir'> | { problem: string }) {
  if ('problem' in entry) return { problem: entry.problem };
  const { version, mode, modeReason, models, training, evaluation } = entry.manifest;
  const isEvaluated = evaluation?.version === version;
  return { version, mode, modeReason, models: models.length, prompts: training.rows, isEvaluated };
}

function printStore(lines: readonly Line[]): string {
  const manifestOf = (line: Line) => ('manifest' in line ? factsOf(line) : undefined);
  return printTable(
    lines,
    [
      { title: 'VERSION', value: ({ artefactDir }) => artefactDir.slice(artefactDir.lastIndexOf('/') + 1) },
      { title: 'IN USE', value: ({ isServed }) => (isServed ? 'yes' : 'no') },
      { title: 'MODE', value: (line) => manifestOf(line)?.mode },
      { title: 'MODELS', value: (line) => manifestOf(line)?.models, align: 'right' },
      { title: 'PROMPTS', value: (line) => manifestOf(line)?.prompts, align: 'right' },
      { title: 'EVALUATED', value: (line) => (manifestOf(line)?.isEvaluated === true ? 'yes' : 'no') },
      { title: 'PROBLEM', value: (line) => ('problem' in line ? line.problem : undefined) },
    ],
    'The store is empty: pointsman router promote <dir> fills it.',
  );
}
