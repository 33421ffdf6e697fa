import { GatewayError, nanoUsdFromUsd } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { type JudgingTools, judgingRun } from '../../judging/judging-run.ts';
import { type OpenedJudge, openJudge } from '../../judging/open-judge.ts';
import { positiveInteger, positiveNumber } from '../../option-values.ts';
import { judgeModel } from '../../runs/callable-models.ts';
import { type Evaluation, openEvaluation } from '../../runs/open-evaluation.ts';
import { refuseUnpriced } from '../../runs/prepare-run.ts';
import { createProgressLine } from '../../runs/progress-line.ts';

export type JudgingOptions = { samples?: number; maxCostUsd?: number };

/** The options of a command that pays a judge. */
export const withJudgingOptions = (command: Command): Command =>
  command
    .option(
      '--samples <n>',
      'verdicts of the judge for each reply (default: 5); they are part of what a judge is',
      positiveInteger,
    )
    .option(
      '--max-cost-usd <dollars>',
      'a ceiling that is never passed: what may cost more is not asked',
      positiveNumber,
    );

/** Opens what judging needs, and closes it whatever happens. */
export async function withEvaluation<Result>(
  { terminal, configuration }: CommandContext,
  work: (evaluation: Evaluation) => Promise<Result>,
): Promise<Result> {
  const evaluation = await openEvaluation(await configuration(), {
    now: terminal.now,
    onTrouble: (message) => terminal.writeError(`${message}\n`),
  });
  try {
    return await work(evaluation);
  } finally {
    await evaluation.close();
  }
}

/** A judge by its model, or the first of the usual ones that can be called. @throws as `judgeModel`. */
export const judgeOf = (
  { directory }: Evaluation,
  model: string | undefined,
  samples: number | undefined,
): Promise<OpenedJudge> => openJudge(judgeModel(directory, model), { samples });

/** Has judges score replies as one run, showing how far it is. @throws as `judgingRun`; {GatewayError} for a ceiling without prices. */
export async function paidJudging<Result>(
  { terminal }: CommandContext,
  evaluation: Evaluation,
  {
    judges,
    what,
    total,
    maxCostUsd,
  }: { judges: readonly OpenedJudge[]; what: string; total: number; maxCostUsd: number | undefined },
  work: (tools: JudgingTools) => Promise<Result>,
): Promise<Result> {
  const [judge] = judges;
  if (judge === undefined) throw new GatewayError('invalid_request', 'name a judge');
  if (maxCostUsd !== undefined) refuseUnpriced(judges, terminal.now());
  if (evaluation.emulated)
    terminal.writeError('The judge is emulated: this shows how it works, not how good a judge is.\n');
  const progress = createProgressLine({
    write: terminal.writeError,
    now: terminal.now,
    live: terminal.isInteractive === true,
  });
  const maxCostNanoUsd = maxCostUsd === undefined ? undefined : nanoUsdFromUsd(maxCostUsd);
  const job = { judge: judge.identity, what, total, maxCostNanoUsd, onProgress: progress.show };
  return judgingRun(evaluation, job, work).finally(progress.end);
}
