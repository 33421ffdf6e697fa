import { nanoUsdFromUsd } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import {
  commaSeparated,
  labels,
  positiveInteger,
  positiveNumber,
  scoreDifference,
  significanceLevel,
} from '../../option-values.ts';
import { prepareRun } from '../../runs/prepare-run.ts';
import { carryOut, type OutputOptions } from './carry-out.ts';
import { orCouldNotRun } from './exit-codes.ts';

type RunOptions = OutputOptions & {
  benchmark: string;
  models: string[];
  prompt?: string;
  baseline?: string;
  judge?: string;
  samples?: number;
  maxCostUsd?: number;
  maxOutputTokens?: number;
  minEffect?: number;
  alpha?: number;
  sequential?: boolean;
  onboard?: boolean;
  replicate?: number;
  label?: Record<string, string>;
};

export function addRun(evaluation: Command, context: CommandContext): void {
  evaluation
    .command('run')
    .description('Ask models the cases of a benchmark, judge the replies, compare; can be resumed whatever kills it')
    .requiredOption('--benchmark <name@version>', 'which; the latest version where none is named')
    .requiredOption(
      '--models <names>',
      'what to evaluate, separated by commas; without a baseline the first is the others’',
      commaSeparated,
    )
    .option('--prompt <file>', 'a system prompt that goes before every case')
    .option('--baseline <run>', 'a finished run to compare with, or auto: the newest of this merge base, else of main')
    .option('--judge <model>', 'the judge model (default: the first of the usual ones that can be called)')
    .option('--samples <n>', 'verdicts of the judge for each reply (default: 5)', positiveInteger)
    .option(
      '--max-cost-usd <dollars>',
      'a ceiling that is never passed: what may cost more is not asked',
      positiveNumber,
    )
    .option('--max-output-tokens <n>', 'the most a contestant may write (default: 2048)', positiveInteger)
    .option(
      '--min-effect <score>',
      'the smallest difference that matters, in scores of 0 to 1 (default: 0.02)',
      scoreDifference,
    )
    .option('--alpha <level>', 'chance of calling a regression what is none (default: 0.05)', significanceLevel)
    .option('--sequential', 'end as soon as the overall score is decided, by a test that allows for looking')
    .option('--onboard', 'for one new model: the most telling cases first, ending when the router knows it well enough')
    .option(
      '--replicate <n>',
      'ask everything anew, as replicate n; 0 shares what other runs paid for',
      positiveInteger,
    )
    .option('--label <name=value>', 'a word by which later runs find this one: branch=main (repeatable)', labels)
    .option('--out <dir>', 'write report.html, report.md, report.json and junit.xml there')
    .option('--detach', 'leave the work to the workers that run elsewhere')
    .option('--concurrency <n>', 'items under way at once (default: 128)', positiveInteger)
    .action((options: RunOptions) => orCouldNotRun(() => begin(context, options)));
}

function begin(context: CommandContext, options: RunOptions): Promise<void> {
  const { maxCostUsd, prompt, label, ...wishes } = options;
  const { directory: workingDirectory, now } = context.terminal;
  return carryOut(context, options, async (evaluation) => {
    const maxCostNanoUsd = maxCostUsd === undefined ? undefined : nanoUsdFromUsd(maxCostUsd);
    const run = await prepareRun(
      { ...wishes, maxCostNanoUsd, promptFile: prompt, labels: label },
      { ...evaluation, workingDirectory, now },
    );
    return run.id;
  });
}
