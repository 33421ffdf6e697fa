import { GatewayError } from '@pointsman/contracts';
import type { SwapReport } from '@pointsman/judge/calibration';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { scoreReplies } from '../../judging/score-replies.ts';
import { type DimensionSwap, swapJudges } from '../../judging/swap-judges.ts';
import { anchorReplies } from '../../judging/watch-anchors.ts';
import { measureText } from '../../output/measure-text.ts';
import { type JudgingOptions, judgeOf, paidJudging, withEvaluation, withJudgingOptions } from './judging.ts';

type SwapOptions = JudgingOptions & { anchors: string };

export function addSwap(judge: Command, context: CommandContext): void {
  withJudgingOptions(judge.command('swap <old> <new>'))
    .description('Change the judge: both score the anchors, the new one is calibrated on them, history is restated')
    .requiredOption('--anchors <name>', 'the anchor set')
    .action(async (oldName: string, newName: string, options: SwapOptions) => {
      const dimensions = await carryOut(context, [oldName, newName], options);
      context.show({ old: oldName, new: newName, dimensions }, () =>
        dimensions
          .map((one) => `${one.dimension}: ${'cannot' in one ? one.cannot : reportText(one.report)}`)
          .join('\n\n'),
      );
    });
}

function carryOut(
  context: CommandContext,
  [oldName, newName]: readonly [string, string],
  { anchors: name, samples, maxCostUsd }: SwapOptions,
): Promise<DimensionSwap[]> {
  return withEvaluation(context, async (evaluation) => {
    const { repositories, emulated } = evaluation;
    const [old, next] = [await judgeOf(evaluation, oldName, samples), await judgeOf(evaluation, newName, samples)];
    if (old.identity.hash === next.identity.hash)
      throw new GatewayError('invalid_request', `${oldName} and ${newName} are the same judge`);
    const { replies: anchors } = await anchorReplies(repositories, name, next.configuration.rubrics);
    const job = { judges: [next, old], what: `judge swap ${name}`, total: anchors.length * 2, maxCostUsd };
    const [was, is] = await paidJudging(context, evaluation, job, async (tools) => [
      await scoreReplies(anchors, { judge: old, replicate: 0 }, tools),
      await scoreReplies(anchors, { judge: next, replicate: 0 }, tools),
    ]);
    const at = new Date(context.terminal.now()).toISOString();
    const swap = {
      anchors,
      old: { judge: old, judged: was ?? [] },
      next: { judge: next, judged: is ?? [] },
      emulated,
      at,
    };
    const dimensions = await swapJudges(swap, repositories);
    for (const one of dimensions) {
      const refit = 'report' in one ? one.report.refit : undefined;
      if (refit?.status === 'fitted')
        await repositories.calibrations.save({
          judge: next.identity,
          emulated,
          dimension: one.dimension,
          body: refit.calibration,
        });
    }
    return dimensions;
  });
}

function reportText({ change, refit, bridge, history }: SwapReport): string {
  const lines = [
    change.verdict === 'too-few-anchors'
      ? `too few anchors to compare the two (${change.anchors}, ${change.needed} are needed)`
      : `the two judges ${change.verdict === 'steady' ? 'score alike' : 'score differently'}: ${change.tests.map(({ evidence }) => evidence).join('; ')}`,
    refit.status === 'fitted'
      ? `The new judge is calibrated. ${refit.calibration.reason}`
      : `The new judge is not calibrated: ${refit.detail}`,
    bridge &&
      `Calibrated, the new judge differs from the old one by ${bridge.shift >= 0 ? '+' : ''}${bridge.shift.toFixed(2)} points on average (${bridge.systems} models, standard deviation between them ${bridge.betweenSystems.toFixed(2)}).`,
    ...history.map((run) =>
      'cannot' in run
        ? `  ${run.name}: cannot be restated, ${run.cannot}`
        : `  ${run.name}: was ${measureText(run.was)}, by the new judge ${measureText(run.restated)}`,
    ),
    history.length === 0 ? 'No finished run was scored by the old judge.' : undefined,
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}
