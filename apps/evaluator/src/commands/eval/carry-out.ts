import { resolve } from 'node:path';
import type { EvaluationReport } from '@pointsman/contracts';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailed } from '../../command-failed.ts';
import { printReports } from '../../output/print-reports.ts';
import { writeReports } from '../../report/write-reports.ts';
import { followRun, type RunState } from '../../runs/follow-run.ts';
import { type Evaluation, openEvaluation, STORAGE_PATIENCE_MS } from '../../runs/open-evaluation.ts';
import { createProgressLine } from '../../runs/progress-line.ts';
import { reportsOf } from '../../runs/reports-of.ts';
import { COULD_NOT_RUN, failOnRegression } from './exit-codes.ts';

export type OutputOptions = { out?: string; concurrency?: number; detach?: boolean };

/**
 * Works on a run until it is over, showing how far it is, then tells its verdict. `prepare` names the run.
 * @throws {CommandFailed} 1 for a regression, 2 when the run stopped before its end.
 */
export async function carryOut(
  context: CommandContext,
  options: OutputOptions,
  prepare: (evaluation: Evaluation) => Promise<string>,
): Promise<void> {
  const { terminal } = context;
  const say = (message: string) => terminal.writeError(`${message}\n`);
  const evaluation = await openEvaluation(await context.configuration(), {
    now: terminal.now,
    onTrouble: say,
    concurrency: options.concurrency,
  });
  try {
    const runId = await prepare(evaluation);
    if (evaluation.emulated) say('Models are emulated: this shows how a run works, not how good a model is.');
    say(`Run ${runId}. Whatever stops it, go on with: pointsman eval resume ${runId}`);
    const started = await evaluation.engine.enqueue(runId);
    if (started === undefined) return await tellFinished(context, evaluation, runId, options.out);
    if (options.detach === true) return say('Left to the workers (pointsman worker); eval show tells how far it is.');
    await evaluation.engine.join(started);
    const { run } = await follow(evaluation, runId, context);
    if (run.status !== 'finished') throw new CommandFailed(COULD_NOT_RUN, stoppedText(run.id, run.status, run.why));
    if (run.why !== undefined) say(`Ended early: ${run.why}.`);
    await tell(context, await reportsOf(run, evaluation, terminal.now), options.out);
  } finally {
    await evaluation.close();
  }
}

function follow(evaluation: Evaluation, runId: string, { terminal }: CommandContext): Promise<RunState> {
  const progress = createProgressLine({
    write: terminal.writeError,
    now: terminal.now,
    live: terminal.isInteractive === true,
  });
  const patience = { storageMs: STORAGE_PATIENCE_MS, onTrouble: () => undefined };
  return followRun(evaluation.repositories.evaluationRuns, runId, { patience, onProgress: progress.show }).finally(
    progress.end,
  );
}

/** A run that is over has nothing to go on with: its report is what is wanted. */
async function tellFinished(
  context: CommandContext,
  evaluation: Evaluation,
  runId: string,
  out: string | undefined,
): Promise<void> {
  const run = await evaluation.repositories.evaluationRuns.get(runId);
  if (run === undefined) throw new CommandFailed(COULD_NOT_RUN, `there is no run '${runId}': eval list shows them`);
  if (run.status !== 'finished') throw new CommandFailed(COULD_NOT_RUN, stoppedText(run.id, run.status, run.why));
  await tell(context, await reportsOf(run, evaluation, context.terminal.now), out);
}

const stoppedText = (id: string, status: string, why: string | undefined): string =>
  `run ${id} is ${status}${why === undefined ? '' : `: ${why}`}. ${
    status === 'cancelled'
      ? `What it has: pointsman eval report ${id}`
      : `Once that is mended: pointsman eval resume ${id}`
  }`;

/** Writes what was asked for, prints the verdict, ends with its exit code. */
export async function tell(
  { terminal, show }: CommandContext,
  reports: readonly EvaluationReport[],
  out: string | undefined,
): Promise<void> {
  const written = out === undefined ? [] : await writeReports(reports, resolve(terminal.directory, out));
  show(reports, () => printReports(reports, written));
  failOnRegression(reports);
}
