import type { ModelDirectory } from '@pointsman/administration';
import { DIMENSIONS, GatewayError } from '@pointsman/contracts';
import { readRubrics } from '@pointsman/judge';
import { benchmarkJudges, type JudgeMeasure, type JudgePair, type JudgeScores } from '@pointsman/judge/calibration';
import { resolveModel } from '@pointsman/model-catalog';
import type { CommandContext } from '../../command-context.ts';
import { ratedReplies } from '../../judging/annotated-replies.ts';
import { compareReplies, drawPairs } from '../../judging/compare-replies.ts';
import { judgeBenchmarkRows, judgePairRows } from '../../judging/judge-benchmark-rows.ts';
import { peopleScale, RAW_SCALE } from '../../judging/people-scale.ts';
import { scoreReplies } from '../../judging/score-replies.ts';
import type { CallableModel } from '../../runs/evaluate-item.ts';
import { type JudgingOptions, judgeOf, paidJudging, withEvaluation } from './judging.ts';

const PAIR_SEED = 'pairs';

/** Has judges score the replies that people rated, one after another, and measures each against people. */
export function compareJudges(
  context: CommandContext,
  names: readonly string[],
  { samples, maxCostUsd, pairs }: JudgingOptions & { pairs?: boolean },
): Promise<JudgeMeasure[]> {
  return withEvaluation(context, async (evaluation) => {
    const rubrics = await readRubrics();
    const replies = await ratedReplies(evaluation.repositories, rubrics);
    if (replies.length === 0)
      throw new GatewayError('not_found', 'people have rated nothing: judge annotations import takes ratings in');
    const judges = await Promise.all(names.map((name) => judgeOf(evaluation, name, samples)));
    const drawn = pairs === true ? drawPairs(replies, PAIR_SEED) : [];
    const total = (replies.length + drawn.length) * judges.length;
    const scores: JudgeScores[] = [];
    const chosen: JudgePair[] = [];
    await paidJudging(context, evaluation, { judges, what: 'judge benchmark', total, maxCostUsd }, async (tools) => {
      for (const judge of judges) {
        const name = judge.model.id;
        const isOwnFamily = familyOf(evaluation.directory, judge);
        const judged = await scoreReplies(replies, { judge, replicate: 0 }, tools);
        scores.push(...judgeBenchmarkRows(replies, judged, { judge, name, isOwnFamily }));
        chosen.push(...judgePairRows(await compareReplies(drawn, judge, tools), name));
      }
    });
    return benchmarkJudges(scores, chosen, { scale: peopleScale(rubrics[DIMENSIONS[0]]), rawScale: RAW_SCALE });
  });
}

/** Models of one provider, or of one family name at several, are kin; of a model that the catalogue does not have, nothing is known. */
function familyOf({ catalog }: ModelDirectory, judge: CallableModel): (model: string) => boolean | undefined {
  const first = (family: string | undefined) => family?.split('-')[0];
  const own = first(judge.model.family);
  return (name) => {
    const found = resolveModel(catalog, name);
    if (!('model' in found)) return undefined;
    const { provider, family } = found.model;
    return provider === judge.model.provider || (own !== undefined && first(family) === own);
  };
}
