import { resolve } from 'node:path';
import { setActiveRouter, showRouter } from '@pointsman/administration';
import type { Manifest } from '@pointsman/router-model';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { fraction, positiveInteger } from '../option-values.ts';
import { printFacts } from '../output/print-facts.ts';

/** Loaded only by the commands that need it: the ONNX runtime behind it takes longer to load than most commands to run. */
const routerModel = () => import('@pointsman/router-model');

type DataOptions = { data: string[]; split?: 'train' | 'dev' | 'all'; holdout?: number };

export function addRouterCommands(program: Command, context: CommandContext): void {
  const router = program.command('router').description('The model that predicts scores: train, evaluate, put to use');
  addTrain(router, context);
  addEvaluate(router, context);
  addUse(router, context);
  addShow(router, context);
}

function addData(command: Command): Command {
  return command
    .requiredOption('--data <jsonl...>', '.jsonl or .jsonl.gz files of scored replies')
    .option('--holdout <share>', 'share held out among rows without a split of their own', fraction);
}

function addTrain(router: Command, { terminal, show }: CommandContext): void {
  addData(router.command('train').description('Train a router artefact; minutes, on one core'))
    .requiredOption('--out <dir>', 'folder for the artefact')
    .option('--split <split>', 'rows to learn from: train (default), dev or all')
    .option('--seed <n>', 'same data, options and seed: same artefact', positiveInteger)
    .action(async ({ data, out, ...options }: DataOptions & { out: string; seed?: number }) => {
      const onProgress = (message: string): void => terminal.writeError(`${message}\n`);
      const { readRows, trainRouter, writeArtefact } = await routerModel();
      const result = await trainRouter(readRows(filesOf(data, terminal.directory)), { ...options, onProgress });
      const manifest = await writeArtefact(resolve(terminal.directory, out), result);
      show(manifest, () => `${printManifest(manifest, out)}\n\nPut it to use: pointsman router use ${out}`);
    });
}

function addEvaluate(router: Command, { terminal, show }: CommandContext): void {
  addData(router.command('evaluate').description('Measure an artefact on rows it has not learned from'))
    .requiredOption('--artefact <dir>', 'folder of the artefact')
    .option('--split <split>', 'rows to test on: dev (default), train or all')
    .action(async ({ data, artefact, ...options }: DataOptions & { artefact: string }) => {
      const { evaluateRouter, formatEvaluation, readRows } = await routerModel();
      const rows = readRows(filesOf(data, terminal.directory));
      const table = await evaluateRouter(resolve(terminal.directory, artefact), rows, options);
      show(table, () => formatEvaluation(table));
    });
}

function addUse(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('use [dir]')
    .description('Make running gateways serve an artefact; without a folder, the shipped one again')
    .action(async (dir: string | undefined) => {
      if (dir === undefined) {
        await withStorage(({ repositories }) => setActiveRouter(repositories, undefined));
        show({ artefactDir: null }, () => 'Gateways serve the shipped artefact again.');
        return;
      }
      const artefactDir = resolve(terminal.directory, dir);
      const { readManifest } = await routerModel();
      const { version } = await readManifest(artefactDir);
      await withStorage(({ repositories }) => setActiveRouter(repositories, { artefactDir, version }));
      show(
        { artefactDir, version },
        () => `Gateways serve ${version} from ${artefactDir} within a second, once it passes its self-check.`,
      );
    });
}

function addShow(router: Command, { withStorage, show }: CommandContext): void {
  router
    .command('show')
    .description('Show the artefact in use')
    .action(async () => {
      const active = await withStorage(async ({ repositories, configuration }) => ({
        chosen: (await showRouter(repositories))?.artefactDir,
        configured: configuration.routerDir,
      }));
      const { readManifest, shippedArtefactDir } = await routerModel();
      const artefactDir = active.configured ?? active.chosen ?? shippedArtefactDir();
      const origin =
        active.configured === undefined
          ? active.chosen === undefined
            ? 'shipped'
            : 'router use'
          : 'POINTSMAN_ROUTER_DIR';
      const manifest = await readManifest(artefactDir);
      show({ artefactDir, origin, manifest }, () => `${printManifest(manifest, artefactDir)}\norigin   ${origin}`);
    });
}

const filesOf = (data: readonly string[], directory: string): string[] => data.map((file) => resolve(directory, file));

function printManifest(manifest: Manifest, artefactDir: string): string {
  return printFacts({ version: manifest.version, folder: artefactDir, models: manifest.models.length });
}
