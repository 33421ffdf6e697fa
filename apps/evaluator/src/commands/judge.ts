import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addAnchors } from './judge/anchors.ts';
import { addAnnotations } from './judge/annotations.ts';
import { addBenchmark } from './judge/benchmark.ts';
import { addCalibrate } from './judge/calibrate.ts';
import { addDrift } from './judge/drift.ts';
import { addShow } from './judge/show.ts';
import { addSwap } from './judge/swap.ts';

export function addJudgeCommands(program: Command, context: CommandContext): void {
  const judge = program
    .command('judge')
    .description('Judges against people: ratings, calibration, comparison, drift, replacement');
  for (const add of [addShow, addAnnotations, addCalibrate, addBenchmark, addAnchors, addDrift, addSwap])
    add(judge, context);
}
