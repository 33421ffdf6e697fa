import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { positiveInteger } from '../../option-values.ts';
import { carryOut, type OutputOptions } from './carry-out.ts';
import { orCouldNotRun } from './exit-codes.ts';

export function addResume(evaluation: Command, context: CommandContext): void {
  evaluation
    .command('resume')
    .description('Go on with a run that was killed, or that stopped; what was paid is not paid again')
    .argument('<run>', 'its id')
    .option('--out <dir>', 'write the reports there')
    .option('--detach', 'leave the work to the workers that run elsewhere')
    .option('--concurrency <n>', 'items under way at once (default: 128)', positiveInteger)
    .action((run: string, options: OutputOptions) => orCouldNotRun(() => carryOut(context, options, async () => run)));
}
