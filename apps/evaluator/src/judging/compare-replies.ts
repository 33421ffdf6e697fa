import { comparePair, type PairSample, readJudgePrompts } from '@pointsman/judge';
import { seededRandom } from '@pointsman/statistics';
import { type AskJudge, ledgeredAsk } from '../runs/evaluate-item.ts';
import type { RatedReply } from './annotated-replies.ts';
import { eachOf } from './each-of.ts';
import type { JudgingTools } from './judging-run.ts';
import { MOST_VERDICT_TOKENS, type OpenedJudge } from './open-judge.ts';

/** Two replies of different models to one case, and how a judge chose between them, sample by sample; none where it did not. */
export type JudgedPair = { a: RatedReply; b: RatedReply; samples: readonly PairSample[] };

const PAIRS_AT_ONCE = 16;

/** One pair of replies for each case that two models or more replied to, drawn at random. */
export function drawPairs(replies: readonly RatedReply[], seed: string): { a: RatedReply; b: RatedReply }[] {
  const random = seededRandom(seed);
  const pick = (from: readonly RatedReply[]) => from[Math.floor(random() * from.length)];
  return [...Map.groupBy(replies, ({ caseHash }) => caseHash).values()].flatMap((ofCase) => {
    const a = pick(ofCase);
    const b = pick(ofCase.filter(({ model }) => model !== a?.model));
    return a === undefined || b === undefined ? [] : [{ a, b }];
  });
}

/**
 * Has a judge choose between replies, each pair in both orders.
 * @throws {RunStopped} when the run must not go on.
 */
export async function compareReplies(
  pairs: readonly { a: RatedReply; b: RatedReply }[],
  judge: OpenedJudge,
  tools: JudgingTools,
): Promise<JudgedPair[]> {
  const { model, samples, temperature, strict } = judge.configuration;
  const { pair: prompt } = await readJudgePrompts();
  return eachOf(pairs, PAIRS_AT_ONCE, async ({ a, b }) => {
    const { ask, throwIfStopped } = ledgeredAsk({ judge, emulated: tools.emulated, replicate: 0 }, tools);
    const bounded: AskJudge = (request, about) =>
      ask({ ...request, max_completion_tokens: MOST_VERDICT_TOKENS }, about);
    const compared = await comparePair({
      ask: bounded,
      judge: { model, samples, temperature, strict, prompt },
      case: a.case,
      a: a.reply,
      b: b.reply,
    });
    throwIfStopped();
    tools.onReply();
    return { a, b, samples: compared.status === 'compared' ? compared.samples : [] };
  });
}
