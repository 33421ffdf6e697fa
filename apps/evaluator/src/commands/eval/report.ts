import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { reportsOf } from '../../runs/reports-of.ts';
import { tell } from './carry-out.ts';
import { orCouldNotRun } from './exit-codes.ts';
import { findRun } from './find-run.ts';

export function addReport(evaluation: Command, context: CommandContext): void {
  evaluation
    .command('report')
    .description('Tell the verdict of a run again, with calibrations and ratings as they are now')
    .argument('<run>', 'its id')
    .option('--out <dir>', 'write report.html, report.md, report.json and junit.xml there')
    .action((id: string, { out }: { out?: string }) =>
      orCouldNotRun(async () => {
        const reports = await context.withStorage(async ({ repositories }) =>
          reportsOf(await findRun(repositories, id), { repositories }, context.terminal.now),
        );
        await tell(context, reports, out);
      }),
    );
}
