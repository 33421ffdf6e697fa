import { GatewayError } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { findRun } from './find-run.ts';

export function addCancel(evaluation: Command, { withStorage, show }: CommandContext): void {
  evaluation
    .command('cancel')
    .description('End a run for good, whoever works on it; what it has stays')
    .argument('<run>', 'its id')
    .option('--reason <text>', 'why, for those who look later')
    .action(async (id: string, { reason }: { reason?: string }) => {
      const run = await withStorage(async ({ repositories }) => {
        const ended = await repositories.evaluationRuns.end(id, 'cancelled', reason ?? 'cancelled by hand');
        const found = await findRun(repositories, id);
        if (!ended) throw new GatewayError('conflict', `run ${id} is ${found.status}: there is nothing to cancel`);
        return found;
      });
      show(run, () => `Run ${id} is cancelled. What it has: pointsman eval report ${id}`);
    });
}
