import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GatewayError } from '@pointsman/contracts';
import { benchmarkJudges, formatJudgeBenchmark, type JudgeMeasure } from '@pointsman/judge/calibration';
import { type Command, InvalidArgumentError } from 'commander';
import { readJsonLines } from '../../benchmarks/read-json-lines.ts';
import type { CommandContext } from '../../command-context.ts';
import { scoredRowSchema } from '../../judging/scored-row.ts';
import { commaSeparated, list } from '../../option-values.ts';
import { compareJudges } from './compare-judges.ts';
import { type JudgingOptions, withJudgingOptions } from './judging.ts';

type BenchmarkOptions = JudgingOptions & {
  judges?: string[];
  pairs?: boolean;
  data?: string;
  scale?: [number, number];
  rawScale?: [number, number];
  out?: string;
};

export function addBenchmark(judge: Command, context: CommandContext): void {
  withJudgingOptions(judge.command('benchmark'))
    .description('Compare judges against people on the replies that people rated')
    .option('--judges <models>', 'which, separated by commas', commaSeparated)
    .option('--pairs', 'also have them choose between two replies to the same case, in both orders')
    .option('--data <file>', 'compare scored rows of a JSONL file instead: nothing is asked')
    .option('--scale <worst,best>', 'people’s scale in the file (default: 1,5)', scaleOf)
    .option('--raw-scale <worst,best>', 'the judges’ scale in the file (default: 0,1)', scaleOf)
    .option('--out <dir>', 'write judge-benchmark.json and judge-benchmark.md there')
    .action(async (options: BenchmarkOptions) => {
      const measures = await measuresOf(context, options);
      const table = formatJudgeBenchmark(measures);
      const { out } = options;
      if (out !== undefined) await write(resolve(context.terminal.directory, out), measures, table);
      context.show(measures, () => table);
    });
}

async function measuresOf(context: CommandContext, options: BenchmarkOptions): Promise<JudgeMeasure[]> {
  const { data, judges, scale = [1, 5], rawScale = [0, 1] } = options;
  if ((data === undefined) === (judges === undefined))
    throw new GatewayError('invalid_request', 'name judges to ask (--judges), or a file of scored rows (--data)');
  if (data === undefined) return compareJudges(context, judges ?? [], options);
  const rows = await readJsonLines([data], scoredRowSchema, context.terminal.directory);
  return benchmarkJudges(
    rows.flatMap((row) => ('samples' in row ? [row] : [])),
    rows.flatMap((row) => ('aFirst' in row ? [row] : [])),
    { scale, rawScale },
  );
}

async function write(dir: string, measures: readonly JudgeMeasure[], table: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'judge-benchmark.json'), `${JSON.stringify(measures, null, 2)}\n`);
  await writeFile(join(dir, 'judge-benchmark.md'), `# Judges against people\n\n${table}\n`);
}

function scaleOf(text: string): [number, number] {
  const [worst, best, ...rest] = list(text).map(Number);
  if (worst === undefined || best === undefined || rest.length > 0 || !(worst < best))
    throw new InvalidArgumentError('Write the worst and the best, such as 1,5.');
  return [worst, best];
}
