import { resolve } from 'node:path';
import { shippedCatalog } from '@pointsman/model-catalog';
import type { TrainingRow } from '@pointsman/router-model';
import { type Command, Option } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { positiveInteger } from '../../option-values.ts';
import { addDataOptions, type DataOptions, filesOf } from './data-options.ts';
import { loadRouterModel } from './load-router-model.ts';
import { printManifest } from './print-manifest.ts';

type TrainOptions = DataOptions & {
  out: string;
  split?: 'train' | 'all';
  minModelRows?: number;
  allowLeaks?: boolean;
  encoder?: string;
};

export function addTrain(router: Command, { terminal, show }: CommandContext): void {
  addDataOptions(router.command('train').description('Train a router artefact; minutes, on one core'))
    .requiredOption('--out <dir>', 'folder for the artefact')
    .addOption(new Option('--split <split>', 'rows to learn from (default: train)').choices(['train', 'all']))
    .option('--min-model-rows <n>', 'models with fewer scored rows are left out (default: 100)', positiveInteger)
    .option('--allow-leaks', 'train although prompts stand in both splits; measuring leaves those out')
    .option('--encoder <dir>', 'a text encoder to take in if it earns its time on rows kept from it')
    .action(async ({ data, out, allowLeaks, encoder, ...options }: TrainOptions) => {
      const { factsOf, readRows, readTaxonomyData, trainRouter, writeArtefact } = await loadRouterModel();
      const say = (message: string): void => terminal.writeError(`${message}\n`);
      const rows: TrainingRow[] = [];
      for await (const row of readRows(filesOf(data, terminal.directory))) rows.push(row);
      if (options.split !== 'all') await sayLeaks(rows, allowLeaks === true, say);
      const encoderDir = encoder === undefined ? undefined : resolve(terminal.directory, encoder);
      const textEncoder = encoderDir === undefined ? undefined : await openEncoder(encoderDir);
      const background = { taxonomy: await readTaxonomyData(), catalog: shippedCatalog().models.map(factsOf) };
      const result = await trainRouter(rows, { ...options, ...background, textEncoder, onProgress: say });
      await textEncoder?.release();
      const manifest = await writeArtefact(resolve(terminal.directory, out), result, encoderDir);
      const next =
        `Measure it: pointsman router evaluate --artefact ${out} --data <jsonl...> --record\n` +
        `Put it to use: pointsman router promote ${out}`;
      show(manifest, () => `${printManifest(manifest, out)}\n\n${next}`);
    });
}

async function openEncoder(dir: string) {
  const { openTextEncoder } = await import('@pointsman/router-model/encoders');
  return openTextEncoder(dir);
}

async function sayLeaks(
  rows: readonly TrainingRow[],
  areAllowed: boolean,
  say: (message: string) => void,
): Promise<void> {
  const { checkLeaks, findLeaks } = await loadRouterModel();
  const leaks = areAllowed ? findLeaks(rows) : checkLeaks(rows);
  if (leaks.length > 0) say(`${leaks.length} held-out rows repeat training rows; measuring leaves them out`);
}
