import { resolve } from 'node:path';
import { setActiveRouter, showRouter } from '@pointsman/administration';
import type { Manifest } from '@pointsman/router-model';
import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { fraction, positiveInteger } from '../option-values.ts';
import { printFacts } from '../output/print-facts.ts';

/** Loaded only by the commands that need it: the ONNX runtime behind it takes longer to load than most commands to run. */
const routerModel = () => import('@pointsman/router-model');

type DataOptions = { data: string[]; holdout?: number; seed?: number };

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
    .option('--holdout <share>', 'share held out among rows without a split of their own (default: 0.15)', fraction)
    .option('--seed <n>', 'same data, options and seed: same result', positiveInteger);
}

type TrainOptions = DataOptions & { out: string; split?: 'train' | 'all'; minModelRows?: number };

function addTrain(router: Command, { terminal, show }: CommandContext): void {
  addData(router.command('train').description('Train a router artefact; minutes, on one core'))
    .requiredOption('--out <dir>', 'folder for the artefact')
    .addOption(new Option('--split <split>', 'rows to learn from (default: train)').choices(['train', 'all']))
    .option('--min-model-rows <n>', 'models with fewer scored rows are left out (default: 100)', positiveInteger)
    .action(async ({ data, out, ...options }: TrainOptions) => {
      const { readRows, trainRouter, writeArtefact } = await routerModel();
      const onProgress = (message: string): void => terminal.writeError(`${message}\n`);
      const result = await trainRouter(readRows(filesOf(data, terminal.directory)), { ...options, onProgress });
      const manifest = await writeArtefact(resolve(terminal.directory, out), result);
      show(manifest, () => `${printManifest(manifest, out)}\n\nPut it to use: pointsman router use ${out}`);
    });
}

type EvaluateOptions = DataOptions & { artefact: string; record?: boolean };

function addEvaluate(router: Command, { terminal, show }: CommandContext): void {
  addData(router.command('evaluate').description('Measure an artefact on the rows that training holds out'))
    .requiredOption('--artefact <dir>', 'folder of the artefact')
    .option('--record', "write the result into the artefact's manifest")
    .action(async ({ data, artefact, record, ...options }: EvaluateOptions) => {
      const { evaluateRouter, formatEvaluation, readRows, recordEvaluation } = await routerModel();
      const artefactDir = resolve(terminal.directory, artefact);
      const table = await evaluateRouter(artefactDir, readRows(filesOf(data, terminal.directory)), options);
      if (record === true) await recordEvaluation(artefactDir, table);
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
      show(
        { artefactDir, origin, manifest },
        () => `${printManifest(manifest, artefactDir)}\n\nServed because of: ${origin}`,
      );
    });
}

const filesOf = (data: readonly string[], directory: string): string[] => data.map((file) => resolve(directory, file));

function printManifest(manifest: Manifest, artefactDir: string): string {
  const { models, domains, dimensions, training } = manifest;
  const learned = Object.entries(dimensions).filter(([, { basis }]) => basis === 'learned');
  return printFacts({
    version: manifest.version,
    folder: artefactDir,
    models: models.length,
    domains: domains.length,
    learned: learned.map(([name, { scores }]) => `${name} (${scores} scores)`).join(', '),
    prompts: training.rows,
    sources: training.sources.map(({ name, rows }) => `${name} (${rows})`).join(', '),
    evaluated: manifest.evaluation === undefined ? 'no' : `on ${manifest.evaluation.requests} held-out requests`,
  });
}
