import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepNode } from '@pointsman/administration';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { isJudgingRun } from '../judging/judging-run.ts';
import { positiveInteger } from '../option-values.ts';
import { openEvaluation } from '../runs/open-evaluation.ts';

/** How soon a run that somebody began, or whose worker died, is found. */
const LOOK_MS = 2_000;
const MOST_RUNS = 100;

/** Adds `worker`: a process that works on whatever evaluation runs there are, until it is told to stop. */
export function addWorkerCommand(program: Command, { terminal, configuration }: CommandContext): void {
  program
    .command('worker')
    .description('Work on evaluation runs as they come, until stopped (SIGTERM, Ctrl-C); any number may run')
    .option('--concurrency <n>', 'items of each run under way at once (default: 128)', positiveInteger)
    .action(async ({ concurrency }: { concurrency?: number }) => {
      const say = (message: string) => terminal.writeError(`${message}\n`);
      const evaluation = await openEvaluation(await configuration(), {
        now: terminal.now,
        onTrouble: say,
        concurrency,
      });
      const node = keepNode({
        nodes: evaluation.repositories.nodes,
        id: randomUUID(),
        kind: 'worker',
        startedAt: new Date(terminal.now()).toISOString(),
        memory: process.memoryUsage,
        facts: () => evaluation.engine.load(),
        onError: (error) => say(`cannot say that this worker is alive: ${messageOf(error)}`),
      });
      const stop = terminal.untilStopped();
      say('Waiting for evaluation runs.');
      try {
        while (!stop.aborted) {
          await joinRuns(evaluation, say);
          await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
        }
        say('Stopping: finishing the calls under way.');
      } finally {
        await node.stop();
        await evaluation.close();
      }
    });
}

type Evaluation = Awaited<ReturnType<typeof openEvaluation>>;

/** What goes wrong with one run, or with the database for a while, must not end the worker. */
async function joinRuns({ repositories, engine }: Evaluation, say: (message: string) => void): Promise<void> {
  try {
    const runs = await repositories.evaluationRuns.list(MOST_RUNS);
    for (const run of runs) {
      if (run.status === 'running' && !isJudgingRun(run) && (await engine.join(run))) say(`Working on ${run.id}.`);
    }
  } catch (error) {
    say(messageOf(error));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
