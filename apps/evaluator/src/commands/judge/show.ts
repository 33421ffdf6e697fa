import type { Dimension } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { readCalibration, storedCalibrations, type UsableCalibration } from '../../judging/stored-calibrations.ts';
import { positiveInteger } from '../../option-values.ts';
import { printCalibration } from '../../output/print-calibration.ts';
import { printFacts } from '../../output/print-facts.ts';
import { judgeOf, withEvaluation } from './judging.ts';

export function addShow(judge: Command, context: CommandContext): void {
  judge
    .command('show')
    .description('What a judge is (model, prompt, rubrics, sampling) and how its scores map to people’s')
    .option('--judge <model>', 'the judge model (default: the first of the usual ones that can be called)')
    .option('--samples <n>', 'verdicts for each reply (default: 5)', positiveInteger)
    .action(async ({ judge: model, samples }: { judge?: string; samples?: number }) => {
      const found = await withEvaluation(context, async (evaluation) => {
        const { identity } = await judgeOf(evaluation, model, samples);
        const { repositories, emulated } = evaluation;
        const stored = await repositories.calibrations.ofJudge(identity.hash, emulated);
        return {
          identity,
          emulated,
          calibrations: stored.map(readCalibration),
          usable: await storedCalibrations(repositories, identity, emulated),
        };
      });
      const { identity, calibrations, usable } = found;
      context.show({ identity, emulated: found.emulated, calibrations }, () =>
        [
          printFacts({
            model: identity.model,
            hash: identity.hash,
            prompt: identity.promptHash,
            rubrics: Object.entries(identity.rubrics)
              .map(([dimension, { version }]) => `${dimension} v${version}`)
              .join(', '),
            samples: identity.samples,
            temperature: identity.temperature,
            'answered by': found.emulated ? 'the emulator' : undefined,
          }),
          ...calibrations.map((one) => printCalibration(one)),
          ...uncalibrated(usable, new Set(calibrations.map((one) => one.identity.dimension))),
        ].join('\n\n'),
      );
    });
}

function uncalibrated(usable: Partial<Record<Dimension, UsableCalibration>>, shown: ReadonlySet<string>): string[] {
  const others = Object.entries(usable).filter(([dimension]) => !shown.has(dimension));
  if (others.length > 0) return [others.map(([dimension, { detail }]) => `${dimension}: ${detail}`).join('\n')];
  return shown.size > 0 ? [] : ['Not calibrated: its scores are its own. judge calibrate fits them to people’s.'];
}
