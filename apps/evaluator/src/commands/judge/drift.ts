import type { DriftVerdict } from '@pointsman/judge/calibration';
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailed } from '../../command-failed.ts';
import { scoreReplies } from '../../judging/score-replies.ts';
import { anchorReplies, earlierScorings, type NightVerdict, nightVerdict } from '../../judging/watch-anchors.ts';
import { fraction } from '../../option-values.ts';
import { orCouldNotRun } from '../eval/exit-codes.ts';
import { type JudgingOptions, judgeOf, paidJudging, withEvaluation, withJudgingOptions } from './judging.ts';

type DriftOptions = JudgingOptions & { judge?: string; alpha?: number };
type Night = { model: string; nights: number; night: NightVerdict | undefined; others: number };

/** Of a night without a change: looked at every night, about three false alarms a year. */
const DEFAULT_ALPHA = 0.01;
/** Replicates of evaluations are counted from 0 by people: scorings of anchors never meet them. */
const FIRST_REPLICATE = 1_000_000;

export function addDrift(judge: Command, context: CommandContext): void {
  withJudgingOptions(judge.command('drift <name>'))
    .description('Score an anchor set anew and say whether the judge has changed; exit code 1 when it has')
    .option('--judge <model>', 'the judge model (default: the first of the usual ones that can be called)')
    .option('--alpha <level>', `chance of an alarm in a night without a change (default: ${DEFAULT_ALPHA})`, fraction)
    .action((name: string, options: DriftOptions) =>
      orCouldNotRun(async () => {
        const night = await scoreNight(context, name, options);
        context.show(night, () => nightText(name, night));
        if (night.night?.verdict === 'drift') throw new CommandFailed(1);
      }),
    );
}

function scoreNight(context: CommandContext, name: string, options: DriftOptions): Promise<Night> {
  return withEvaluation(context, async (evaluation) => {
    const { repositories, emulated } = evaluation;
    const { anchors } = repositories;
    const opened = await judgeOf(evaluation, options.judge, options.samples);
    const { identity, configuration } = opened;
    const { replies } = await anchorReplies(repositories, name, configuration.rubrics);
    const by = { anchorSet: name, judge: identity, emulated };
    const scorings = await anchors.scorings(by);
    const scoring = await anchors.begin(by);
    const job = {
      judges: [opened],
      what: `judge drift ${name}`,
      total: replies.length,
      maxCostUsd: options.maxCostUsd,
    };
    const judged = await paidJudging(context, evaluation, job, (tools) =>
      scoreReplies(replies, { judge: opened, replicate: FIRST_REPLICATE + scoring }, tools),
    );
    const scores = judged.map(({ caseHash, replyHash, samples }) => ({ caseHash, replyHash, samples }));
    const alpha = options.alpha ?? DEFAULT_ALPHA;
    const seed = `${name} ${scoring}`;
    const night =
      scorings.length === 0 ? undefined : nightVerdict(replies, earlierScorings(scorings), scores, { alpha, seed });
    await anchors.finish(scoring, { scores, verdict: night ?? null });
    const others = (await anchors.judgesOf(name, identity.model, emulated)).filter(
      ({ hash }) => hash !== identity.hash,
    );
    return { model: identity.model, nights: scorings.length, night, others: others.length };
  });
}

function nightText(name: string, { model, nights, night, others }: Night): string {
  if (night === undefined) {
    const first = `The first scoring of ${name} by ${model} is stored: the next are compared with it.`;
    if (others === 0) return first;
    return `${first}\nUnder another prompt, rubric or sampling it has scored them before: those scores do not compare, and calibrations of then do not apply. Calibrate it anew: pointsman judge calibrate --judge ${model}`;
  }
  const heading = {
    steady: `${model} scores ${name} as before (${nights} earlier scorings).`,
    drift: `${model} has changed: it scores ${name} otherwise than before.`,
    'too-few-anchors': `Too few of the anchors of ${name} have scores to tell.`,
  }[night.verdict];
  const watched = night.watch.alarm
    ? 'The evidence of all nights together says that it has changed: this stays so until a new set is pinned.'
    : undefined;
  const advice =
    night.verdict === 'drift'
      ? `Its calibrations no longer hold: calibrate it anew (pointsman judge calibrate --judge ${model}) and pin a new set, or change to another judge (pointsman judge swap).`
      : undefined;
  const lines = night.dimensions.map(({ dimension, found }) => `${dimension}: ${foundText(found)}`);
  return [heading, ...lines, watched, advice].filter((line) => line !== undefined).join('\n');
}

function foundText(found: DriftVerdict): string {
  if (found.verdict === 'too-few-anchors') return `${found.anchors} anchors with scores, ${found.needed} are needed`;
  const tests = found.tests.map(
    ({ test, evidence, adjustedP, alarm }) =>
      `\n  ${alarm ? 'ALARM ' : ''}${test}: ${evidence} (p ${adjustedP.toPrecision(2)})`,
  );
  const untested = found.untested.map(({ test, why }) => `\n  ${test}: not tested, ${why}`);
  return `${found.verdict}, ${found.anchors} anchors${[...tests, ...untested].join('')}`;
}
