import { type Dimension, GatewayError } from '@pointsman/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailed } from '../../command-failed.ts';
import { ratedReplies } from '../../judging/annotated-replies.ts';
import { calibrateJudge, type DimensionFit } from '../../judging/calibrate-judge.ts';
import { scoreReplies } from '../../judging/score-replies.ts';
import { dimensionNames } from '../../option-values.ts';
import { printCalibration } from '../../output/print-calibration.ts';
import { type JudgingOptions, judgeOf, paidJudging, withEvaluation, withJudgingOptions } from './judging.ts';

type CalibrateOptions = JudgingOptions & { judge?: string; dimensions?: Dimension[] };

export function addCalibrate(judge: Command, context: CommandContext): void {
  withJudgingOptions(judge.command('calibrate'))
    .description('Map a judge’s scores to people’s: have it score the replies that people rated, fit, store')
    .option('--judge <model>', 'the judge model (default: the first of the usual ones that can be called)')
    .option('--dimensions <names>', 'which, separated by commas (default: all that people rated)', dimensionNames)
    .action(async (options: CalibrateOptions) => {
      const { identity, fits } = await withEvaluation(context, async (evaluation) => {
        const { repositories, emulated } = evaluation;
        const opened = await judgeOf(evaluation, options.judge, options.samples);
        const isWanted = (dimension: Dimension) => options.dimensions?.includes(dimension) ?? true;
        const replies = (await ratedReplies(repositories, opened.configuration.rubrics)).filter(({ ratings }) =>
          [...ratings.keys()].some(isWanted),
        );
        if (replies.length === 0)
          throw new GatewayError('not_found', 'people have rated nothing: judge annotations import takes ratings in');
        const job = {
          judges: [opened],
          what: 'judge calibrate',
          total: replies.length,
          maxCostUsd: options.maxCostUsd,
        };
        const judged = await paidJudging(context, evaluation, job, (tools) =>
          scoreReplies(replies, { judge: opened, replicate: 0 }, tools),
        );
        const at = new Date(context.terminal.now()).toISOString();
        const found = calibrateJudge(replies, judged, { judge: opened, dimensions: options.dimensions, at });
        for (const { dimension, fit } of found)
          if (fit.status === 'fitted')
            await repositories.calibrations.save({
              judge: opened.identity,
              emulated,
              dimension,
              body: fit.calibration,
            });
        return { identity: opened.identity, fits: found };
      });
      context.show({ judge: identity, dimensions: fits }, () => fits.map(fitText).join('\n\n'));
      if (fits.every(({ fit }) => fit.status === 'refused')) throw new CommandFailed(1, 'nothing could be calibrated');
    });
}

function fitText({ dimension, fit, unscored }: DimensionFit): string {
  const lines = Object.entries(unscored).map(([why, count]) => `Without a score of the judge: ${count} (${why})`);
  if (fit.status === 'fitted') return [printCalibration(fit.calibration), ...lines].join('\n');
  return [`${dimension}: not calibrated. ${fit.detail}.${missingText(fit.missing)}`, ...lines].join('\n');
}

function missingText({ labels, groups }: { labels: number; groups: number }): string {
  const wanted = [
    labels > 0 ? `${labels} more rated replies` : undefined,
    groups > 0 ? `replies to ${groups} more cases` : undefined,
  ].filter((part) => part !== undefined);
  return wanted.length === 0 ? '' : ` Missing: ${wanted.join(', ')}.`;
}
