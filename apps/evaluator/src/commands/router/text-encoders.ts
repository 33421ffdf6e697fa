import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TrainedTextEncoder, TrainingProgress } from '@pointsman/router-model/encoders';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { fraction, positiveInteger } from '../../option-values.ts';
import { printFacts } from '../../output/print-facts.ts';

/** Loaded only by the commands that need it: training brings the ONNX runtime. */
const encoders = () => import('@pointsman/router-model/encoders');

const CHECKPOINT_FILE = 'training.checkpoint';

/** Adds `encoder train`, `encoder pull` and `distil` to the router's commands. */
export function addTextEncoders(router: Command, context: CommandContext): void {
  const encoder = router.command('encoder').description('The transformer that reads requests: train or download');
  addTrain(encoder, context);
  addPull(encoder, context);
  addDistil(router, context);
}

type TrainOptions = {
  data: string[];
  out: string;
  epochs?: number;
  holdout?: number;
  seed?: number;
  layers?: number;
  width?: number;
};

function addTrainingOptions(command: Command): Command {
  return command
    .requiredOption('--data <jsonl...>', '.jsonl or .jsonl.gz files of scored replies')
    .requiredOption('--out <dir>', 'folder for the encoder; an interrupted training goes on from there')
    .option('--epochs <n>', 'passes over the prompts (default: 4)', positiveInteger)
    .option('--layers <n>', 'transformer layers (default: 4)', positiveInteger)
    .option('--width <n>', 'width of the transformer, a multiple of 4 (default: 256)', positiveInteger)
    .option('--holdout <share>', 'share held out among rows without a split of their own (default: 0.15)', fraction)
    .option('--seed <n>', 'same data, options and seed: same encoder', positiveInteger);
}

function addTrain(encoder: Command, context: CommandContext): void {
  addTrainingOptions(
    encoder.command('train').description('Train a text encoder from nothing; minutes, on two cores'),
  ).action(async (options: TrainOptions) => {
    const { trained, out } = await train(options, context);
    showTrained(trained, out, context);
  });
}

function addDistil(router: Command, context: CommandContext): void {
  addTrainingOptions(
    router.command('distil').description('Train a smaller text encoder on what a bigger artefact says'),
  )
    .requiredOption('--teacher <artefact>', 'folder of the artefact to imitate')
    .action(async ({ teacher, ...options }: TrainOptions & { teacher: string }) => {
      const { trained, out } = await train(options, context, teacher);
      showTrained(trained, out, context);
    });
}

async function train(options: TrainOptions, { terminal }: CommandContext, teacherDir?: string) {
  const { DEFAULT_SHAPE, openTeacher, trainTextEncoder, writeTextEncoder } = await encoders();
  const { readRows } = await import('@pointsman/router-model');
  const out = resolve(terminal.directory, options.out);
  const checkpoint = join(out, CHECKPOINT_FILE);
  const teacher = teacherDir === undefined ? undefined : await openTeacher(resolve(terminal.directory, teacherDir));
  const trained = await trainTextEncoder(readRows(options.data.map((file) => resolve(terminal.directory, file))), {
    ...options,
    shape: {
      ...DEFAULT_SHAPE,
      layers: options.layers ?? DEFAULT_SHAPE.layers,
      width: options.width ?? DEFAULT_SHAPE.width,
      hidden: 3 * (options.width ?? DEFAULT_SHAPE.width),
    },
    teacher,
    checkpoint: fileCheckpoint(checkpoint),
    onProgress: (message) => terminal.writeError(`${message}\n`),
    onStep: progressPrinter((line) => terminal.writeError(`${line}\n`)),
    now: () => performance.now(),
  });
  await teacher?.release();
  await writeTextEncoder(out, trained.encoder);
  await rm(checkpoint, { force: true });
  return { trained, out: options.out };
}

function fileCheckpoint(file: string) {
  return {
    load: async (): Promise<Uint8Array | undefined> => {
      try {
        return await readFile(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save: (bytes: Uint8Array): Promise<void> => writeFile(file, bytes),
  };
}

/** One line in a hundred steps, and one at the end of each epoch. */
function progressPrinter(print: (line: string) => void): (progress: TrainingProgress) => void {
  return ({ step, steps, loss, heldLoss, secondsLeft }) => {
    if (heldLoss === undefined && step % 100 !== 0) return;
    const held = heldLoss === undefined ? '' : `, ${heldLoss.toFixed(3)} on prompts held out`;
    print(`step ${step} of ${steps}: loss ${loss.toFixed(3)}${held}; about ${Math.ceil(secondsLeft / 60)} min left`);
  };
}

function showTrained({ encoder, epochs, prompts }: TrainedTextEncoder, out: string, { show }: CommandContext): void {
  const { kinds, replies } = epochs.at(-1) ?? {};
  const facts = {
    folder: out,
    prompts,
    size: `${(encoder.onnx.length / 1e6).toFixed(1)} MB, int8`,
    'kinds right': kinds && `${(100 * kinds.accuracy).toFixed(1)} % of prompts held out`,
    'log loss of scores':
      replies && `${replies.logLoss.toFixed(4)}; ${replies.offsetLogLoss.toFixed(4)} by kinds alone`,
  };
  const next = `Try it: pointsman router train --encoder ${out} --data <jsonl...> --out <dir>`;
  show({ folder: out, prompts, epochs }, () => `${printFacts(facts)}\n\n${next}`);
}

function addPull(encoder: Command, { terminal, show }: CommandContext): void {
  encoder
    .command('pull')
    .description('Download the 22-million-parameter reference encoder and check it byte for byte')
    .requiredOption('--out <dir>', 'folder for the encoder')
    .option('--from <dir>', 'take its two files from a folder, on a machine without a network')
    .action(async ({ out, from }: { out: string; from?: string }) => {
      const { pullReferenceEncoder } = await encoders();
      const description = await pullReferenceEncoder(resolve(terminal.directory, out), {
        fetch: (url) => fetch(url),
        from: from === undefined ? undefined : resolve(terminal.directory, from),
        onProgress: progressOfFiles((line) => terminal.writeError(`${line}\n`)),
      });
      show(description, () =>
        printFacts({
          folder: out,
          version: description.version,
          width: description.width,
          provenance: description.provenance,
        }),
      );
    });
}

/** One line per tenth of a file. */
function progressOfFiles(print: (line: string) => void) {
  let last = '';
  return ({ file, receivedBytes, totalBytes }: { file: string; receivedBytes: number; totalBytes: number }): void => {
    const line = `${file}: ${Math.floor((10 * receivedBytes) / totalBytes) * 10} %`;
    if (line !== last) print(line);
    last = line;
  };
}
