import { resolve } from 'node:path';
import type { EvaluationTable } from '@pointsman/router-model';
import type { Command } from 'commander';
import type { CommandContext, Session } from '../../command-context.ts';
import { servedArtefact } from '../../served-artefact.ts';
import { addDataOptions, type DataOptions, filesOf } from './data-options.ts';
import { loadRouterModel } from './load-router-model.ts';

type EvaluateOptions = DataOptions & { artefact?: string; record?: boolean; unseenBy?: string[] };

export function addEvaluate(router: Command, { terminal, withStorage, show }: CommandContext): void {
  addDataOptions(router.command('evaluate').description('Measure an artefact on the rows that training holds out'))
    .option('--artefact <dir>', 'folder of the artefact (default: the one that gateways serve)')
    .option('--unseen-by <dir...>', 'leave out rows that these artefacts learned from too, to compare with theirs')
    .option('--record', "write the result into the artefact's manifest; of the one in use, into a copy in the store")
    .action(async ({ data, artefact, record, unseenBy, ...options }: EvaluateOptions) => {
      const { evaluateRouter, formatEvaluation, readRows, recordEvaluation } = await loadRouterModel();
      const evaluate = (dir: string): Promise<EvaluationTable> =>
        evaluateRouter(dir, readRows(filesOf(data, terminal.directory)), {
          ...options,
          unseenBy: unseenBy === undefined ? undefined : filesOf(unseenBy, terminal.directory),
        });
      const dir = artefact === undefined ? undefined : resolve(terminal.directory, artefact);
      const table = await evaluate(dir ?? (await withStorage(servedArtefact)).artefactDir);
      if (record === true) await recordEvaluation(dir ?? (await withStorage(storeServed)), table);
      show(table, () => formatEvaluation(table));
    });
}

/** The shipped artefact is part of the program: what is noted about it goes into a copy. */
async function storeServed(session: Session): Promise<string> {
  const { storeArtefact } = await loadRouterModel();
  const { artefactDir } = await servedArtefact(session);
  return (await storeArtefact(artefactDir, session.configuration.artefactsDir)).artefactDir;
}
