import { formatUsd } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { positiveInteger } from '../../option-values.ts';
import { printTable } from '../../output/print-table.ts';

const DEFAULT_MOST = 30;

export function addList(evaluation: Command, { withStorage, show }: CommandContext): void {
  evaluation
    .command('list')
    .description('Runs, the newest first')
    .option('--limit <n>', `at most so many (default: ${DEFAULT_MOST})`, positiveInteger)
    .action(async ({ limit }: { limit?: number }) => {
      const runs = await withStorage(({ repositories }) => repositories.evaluationRuns.list(limit ?? DEFAULT_MOST));
      show(runs, () =>
        printTable(
          runs,
          [
            { title: 'RUN', value: ({ id }) => id },
            { title: 'STATUS', value: ({ status }) => status },
            { title: 'BENCHMARK', value: ({ spec }) => `${spec.benchmark.name}@${spec.benchmark.version}` },
            { title: 'MODELS', value: ({ spec }) => spec.contestants.map(({ model }) => model).join(', ') },
            { title: 'JUDGE', value: ({ spec }) => spec.judge.model },
            { title: 'SPENT $', value: ({ spentNanoUsd }) => formatUsd(spentNanoUsd), align: 'right' },
            { title: 'BEGUN', value: ({ createdAt }) => createdAt },
            { title: 'WHY', value: ({ why }) => why },
          ],
          'No run yet: eval run begins one.',
        ),
      );
    });
}
