import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addCoverage } from './benchmark/coverage.ts';
import { addCurate } from './benchmark/curate.ts';
import { addDiff } from './benchmark/diff.ts';
import { addDraft } from './benchmark/draft.ts';
import { addExport } from './benchmark/export.ts';
import { addGenerate } from './benchmark/generate.ts';
import { addImport } from './benchmark/import.ts';
import { addList } from './benchmark/list.ts';
import { addPublish } from './benchmark/publish.ts';
import { addRetire } from './benchmark/retire.ts';
import { addReview } from './benchmark/review.ts';
import { addScores } from './benchmark/scores.ts';
import { addShow } from './benchmark/show.ts';

export function addBenchmarkCommands(program: Command, context: CommandContext): void {
  const benchmark = program.command('benchmark').description('What models are evaluated on: cases in versions');
  for (const add of [
    addList,
    addShow,
    addImport,
    addExport,
    addDraft,
    addReview,
    addPublish,
    addDiff,
    addRetire,
    addCurate,
    addCoverage,
    addScores,
    addGenerate,
  ])
    add(benchmark, context);
}
