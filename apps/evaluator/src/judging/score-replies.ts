import type { Dimension } from '@pointsman/contracts';
import type { ReplyKey } from '@pointsman/db';
import { dimensionsToAsk } from '@pointsman/judge';
import type { ModelCall } from '../runs/calls/call-key.ts';
import type { LedgeredReply } from '../runs/calls/ledgered-calls.ts';
import { judgeReply } from '../runs/evaluate-item.ts';
import type { RatedReply } from './annotated-replies.ts';
import { eachOf } from './each-of.ts';
import type { JudgingTools } from './judging-run.ts';
import type { OpenedJudge } from './open-judge.ts';

/** What a judge says of one reply that people rated. */
export type JudgedRating = ReplyKey & {
  /** Raw, one for each valid sample; only of dimensions that people rated. */
  samples: Partial<Record<Dimension, number[]>>;
  /** Why dimensions that people rated have none. */
  unscored: Partial<Record<Dimension, string>>;
  /** Of all samples and dimensions together; undefined where not known. */
  costNanoUsd: number | undefined;
  /** Of the slowest sample: they are asked at once. */
  latencyMs: number;
};

/** A judge's calls run side by side, so this keeps a hundred or two under way. */
const REPLIES_AT_ONCE = 32;

/**
 * Has a judge score replies that people rated: the dimensions that an evaluation would ask it for, in one question, so
 * that the scores are those of an evaluation, and what one has paid for is not paid again.
 * @throws {RunStopped} when the run must not go on.
 */
export function scoreReplies(
  replies: readonly RatedReply[],
  { judge, replicate }: { judge: OpenedJudge; replicate: number },
  tools: JudgingTools,
): Promise<JudgedRating[]> {
  return eachOf(replies, REPLIES_AT_ONCE, async (reply) => {
    const scored = await scoreReply(reply, { judge, replicate }, tools);
    tools.onReply();
    return scored;
  });
}

async function scoreReply(
  { case: subject, reply, ratings, caseHash, replyHash }: RatedReply,
  { judge, replicate }: { judge: OpenedJudge; replicate: number },
  { call, emulated }: JudgingTools,
): Promise<JudgedRating> {
  const asked = dimensionsToAsk(
    subject,
    subject.checks.map(({ dimension }) => dimension),
  );
  const bill = new Bill();
  const plan = { judge, case: subject, emulated, replicate };
  const wanted = asked.some((dimension) => ratings.has(dimension)) ? asked : [];
  const { verdicts } = await judgeReply(plan, { reply, dimensions: wanted }, { call: (one) => bill.of(one, call) });
  const scored: JudgedRating = {
    caseHash,
    replyHash,
    samples: {},
    unscored: {},
    costNanoUsd: bill.costNanoUsd,
    latencyMs: bill.latencyMs,
  };
  for (const dimension of ratings.keys()) {
    const verdict = verdicts[dimension];
    if (verdict?.status === 'scored') scored.samples[dimension] = verdict.samples;
    else scored.unscored[dimension] = verdict?.detail ?? 'an evaluation does not ask the judge for it: checks score it';
  }
  return scored;
}

/** Adds up what the calls for one reply cost and how long they took. */
class Bill {
  costNanoUsd: number | undefined = 0;
  readonly #msOf = new Map<number, number>();

  get latencyMs(): number {
    return Math.max(0, ...this.#msOf.values());
  }

  async of(call: ModelCall, make: JudgingTools['call']): Promise<LedgeredReply> {
    const reply = await make(call);
    const { cost, latencyMs } = reply;
    this.costNanoUsd =
      cost.status === 'unknown' || this.costNanoUsd === undefined ? undefined : this.costNanoUsd + cost.nanoUsd;
    this.#msOf.set(call.sample, (this.#msOf.get(call.sample) ?? 0) + latencyMs);
    return reply;
  }
}
