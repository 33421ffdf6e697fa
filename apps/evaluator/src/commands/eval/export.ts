import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { scoredReplies } from '../../runs/scored-replies.ts';
import { findRun } from './find-run.ts';

export function addExport(evaluation: Command, { withStorage, show, terminal }: CommandContext): void {
  evaluation
    .command('export')
    .description('Write a run’s scored replies as training data for the router')
    .argument('<run>', 'its id')
    .requiredOption('--out <file>', 'the .jsonl file, for router train --data or router onboard --data')
    .action(async (id: string, { out }: { out: string }) => {
      const replies = await withStorage(async ({ repositories }) =>
        scoredReplies(await findRun(repositories, id), repositories, terminal.now),
      );
      const text = replies.map((reply) => `${JSON.stringify(reply)}\n`).join('');
      await writeFile(resolve(terminal.directory, out), text);
      show(
        { out, replies: replies.length },
        () =>
          `${replies.length} scored replies written to ${out}.\nTrain: pointsman router train --data ${out} --out <dir>\nOr add one model: pointsman router onboard --model <name> --data ${out} --out <dir>`,
      );
    });
}
