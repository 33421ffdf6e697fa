import { formatUsd } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { printFacts } from '../../output/print-facts.ts';
import { findRun } from './find-run.ts';

export function addShow(evaluation: Command, { withStorage, show }: CommandContext): void {
  evaluation
    .command('show')
    .description('How far a run is, what it cost, what it is made of')
    .argument('<run>', 'its id')
    .action(async (id: string) => {
      const { run, progress } = await withStorage(async ({ repositories }) => ({
        run: await findRun(repositories, id),
        progress: await repositories.evaluationRuns.progress(id),
      }));
      const { spec } = run;
      show({ ...run, ...progress }, () =>
        printFacts({
          run: run.id,
          status: run.why === undefined ? run.status : `${run.status}: ${run.why}`,
          progress: `${progress.done} of ${progress.total}`,
          benchmark: `${spec.benchmark.name}@${spec.benchmark.version}`,
          models: spec.contestants
            .map(({ model, prompt }) => (prompt ? `${model} with ${prompt.name}` : model))
            .join(', '),
          judge: `${spec.judge.model}, ${spec.judge.samples} samples (${spec.judge.hash.slice(0, 12)})`,
          baseline: spec.comparison.baselineRunId,
          spent: `$${formatUsd(run.spentNanoUsd)}`,
          'perhaps lost':
            run.lostCalls === 0 ? undefined : `${run.lostCalls} calls, at most $${formatUsd(run.lostNanoUsd)}`,
          ceiling: spec.maxCostNanoUsd === undefined ? undefined : `$${formatUsd(spec.maxCostNanoUsd)}`,
          labels:
            Object.entries(spec.labels)
              .map(([name, value]) => `${name}=${value}`)
              .join(' ') || undefined,
          begun: run.createdAt,
          ended: run.finishedAt,
        }),
      );
    });
}
