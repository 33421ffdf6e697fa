import { benchmarkJudges, type JudgeMeasure, type JudgePair, type JudgeScores } from '@pointsman/judge/calibration';
import { type JudgeData, type JudgedPair, judgeName, SCALE } from './judge-data.ts';

/** Every judge of SummEval against its experts; pairs were judged by the model of this judge, asked for a preference. */
const PAIR_JUDGE = 'gpt-3.5-turbo-0301/rts';
/** Mean ratings nearer than this are a tie, as three raters' noise makes them. */
const TIE = 0.34;

export function compareJudges({ summeval, summevalPairs }: JudgeData, resamples: number): JudgeMeasure[] {
  const scores = summeval.flatMap((reply) =>
    reply.judges.map(
      (judge): JudgeScores => ({
        judge: judgeName(judge),
        dimension: reply.dimension,
        group: reply.group_id,
        system: reply.system,
        samples: judge.samples,
        ratings: reply.human_ratings,
        features: { length: Math.log1p(reply.features.len_words ?? 0) },
      }),
    ),
  );
  return benchmarkJudges(scores, summevalPairs.map(asPair), { scale: SCALE, resamples });
}

function asPair(pair: JudgedPair): JudgePair {
  const gap = pair.human_mean_a - pair.human_mean_b;
  return {
    judge: PAIR_JUDGE,
    dimension: pair.dimension,
    group: pair.group_id,
    aFirst: pair.verdict_AB,
    bFirst: pair.verdict_BA,
    human: Math.abs(gap) < TIE ? 'tie' : gap > 0 ? 'a' : 'b',
  };
}
