import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addCancel } from './eval/cancel.ts';
import { addExport } from './eval/export.ts';
import { addList } from './eval/list.ts';
import { addReport } from './eval/report.ts';
import { addResume } from './eval/resume.ts';
import { addRun } from './eval/run.ts';
import { addShow } from './eval/show.ts';

export function addEvalCommands(program: Command, context: CommandContext): void {
  const evaluation = program
    .command('eval')
    .description('Evaluate models and prompts on a benchmark, against a baseline');
  for (const add of [addRun, addResume, addReport, addList, addShow, addCancel, addExport]) add(evaluation, context);
}
