import {
  type BenchmarkCase,
  type CatalogModel,
  type ChatRequest,
  type Check,
  type Contestant,
  DIMENSIONS,
  type Dimension,
  type EvaluatedItem,
  type EvaluatedReply,
  type Provider,
  type UnscoredWhy,
  type Verdict,
  type Verdicts,
} from '@pointsman/contracts';
import type { ReplyText } from '@pointsman/validated-replies';
import { CallFailed } from './calls/call-errors.ts';
import type { ModelCall } from './calls/call-key.ts';
import type { LedgeredReply } from './calls/ledgered-calls.ts';
import { contestantRequest } from './contestant-request.ts';

/** A model and where it is called. */
export type CallableModel = { model: CatalogModel; provider: Provider };

/** Who is evaluated, and where it is called. */
export type CallableContestant = CallableModel & Pick<Contestant, 'prompt'>;

export type AskJudge = (request: ChatRequest, options: { sample: number }) => Promise<ReplyText>;

/** What a judge made of a reply, and how each question to it went. */
export type JudgedItem = { verdicts: Partial<Verdicts>; judgeReplies: NonNullable<EvaluatedItem['judgeReplies']> };

/** A judge as a run uses it: it sees the case and the reply, never who wrote it. */
export type RunJudge = CallableModel & {
  judge(input: {
    case: BenchmarkCase;
    reply: string;
    dimensions: readonly Dimension[];
    ask: AskJudge;
  }): Promise<JudgedItem>;
};

export type ItemPlan = {
  contestant: CallableContestant;
  judge: RunJudge;
  case: BenchmarkCase;
  caseHash: string;
  maxOutputTokens: number;
  /** Which replicate of the run: another one asks for fresh replies. */
  replicate: number;
  emulated: boolean;
};

/** Runs a case's checks on a reply: a verdict for each dimension that they score. */
export type CheckReply = (reply: string, checks: readonly Check[]) => Promise<Partial<Verdicts>>;

export type ItemTools = { call(call: ModelCall): Promise<LedgeredReply>; check: CheckReply };

/**
 * One case for one contestant: asks it, runs the case's checks, has the judge score the dimensions that no check scores.
 * What cannot be had is missing or unscored, with its reason.
 * @throws {RunStopped} when the run must not go on.
 */
export async function evaluateItem(plan: ItemPlan, tools: ItemTools): Promise<EvaluatedItem> {
  const { domain, task, language, weights, id } = plan.case;
  const item = { caseId: id, caseHash: plan.caseHash, domain, task, language, weights };
  const reply = await askContestant(plan, tools);
  if (reply.status === 'missing') return { ...item, reply, verdicts: unscoredAll('no-reply', reply.why) };
  const checked = await tools.check(reply.text, plan.case.checks);
  const asked = DIMENSIONS.filter((dimension) => checked[dimension] === undefined && weights?.[dimension] !== 0);
  const { verdicts: judged, judgeReplies } =
    asked.length === 0 ? NOT_JUDGED : await judgeReply(plan, { reply: reply.text, dimensions: asked }, tools);
  const verdicts = verdictsOf((dimension) => {
    const check = checked[dimension];
    if (check !== undefined) return check;
    if (weights?.[dimension] === 0) return unscored('not-asked', 'the case gives this dimension no weight');
    return judged[dimension] ?? unscored('judge-failed', 'the judge said nothing of it');
  });
  return { ...item, reply, verdicts, ...(judgeReplies.length > 0 && { judgeReplies }) };
}

async function askContestant(plan: ItemPlan, { call }: ItemTools): Promise<EvaluatedReply> {
  const { contestant, replicate, emulated, maxOutputTokens } = plan;
  const { model, provider, prompt } = contestant;
  const request = contestantRequest({ model: model.id, prompt }, plan.case, maxOutputTokens);
  try {
    const reply = await call({ purpose: 'reply', model, provider, request, sample: replicate, emulated });
    const { text, refusal, cost, latencyMs, outputTokens } = reply;
    // A refusal is an answer like any other: whether it was right is for the judge to say.
    return { status: 'answered', text: text === '' ? (refusal ?? '') : text, cost, latencyMs, outputTokens };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return { status: 'missing', why: error.message };
  }
}

/**
 * Asks the judge through the ledger: what is asked again in the same replicate is not paid again.
 * @throws {RunStopped} when the run must not go on.
 */
export async function judgeReply(
  plan: JudgePlan & Pick<ItemPlan, 'case'>,
  asked: { reply: string; dimensions: readonly Dimension[] },
  tools: Pick<ItemTools, 'call'>,
): Promise<JudgedItem> {
  const { ask, throwIfStopped } = ledgeredAsk(plan, tools);
  const judged = await plan.judge.judge({ case: plan.case, ...asked, ask });
  throwIfStopped();
  return judged;
}

export type JudgePlan = Pick<ItemPlan, 'judge' | 'emulated' | 'replicate'>;

/** How a judge is asked through the ledger. Judging takes a failed call for an unscored dimension: what stops the run comes out of `throwIfStopped`. */
export function ledgeredAsk(
  { judge: { model, provider }, emulated, replicate }: JudgePlan,
  { call }: Pick<ItemTools, 'call'>,
): { ask: AskJudge; throwIfStopped(): void } {
  let stopped: { error: unknown } | undefined;
  return {
    async ask(request, { sample: within }) {
      const sample = replicate * SAMPLES_APART + within;
      try {
        return await call({ purpose: 'verdict', model, provider, request, sample, emulated });
      } catch (error) {
        if (!(error instanceof CallFailed)) stopped ??= { error };
        throw error;
      }
    },
    throwIfStopped() {
      if (stopped !== undefined) throw stopped.error;
    },
  };
}

const NOT_JUDGED: JudgedItem = { verdicts: {}, judgeReplies: [] };

/** More than a judge is ever asked for: the samples of one replicate never meet those of the next. */
const SAMPLES_APART = 1_000;

const unscored = (why: UnscoredWhy, detail: string): Verdict => ({ status: 'unscored', why, detail });

const verdictsOf = (verdictOn: (dimension: Dimension) => Verdict): Verdicts =>
  Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, verdictOn(dimension)])) as Verdicts;

/** Every dimension without a score, for one reason. */
export const unscoredAll = (why: UnscoredWhy, detail: string): Verdicts => verdictsOf(() => unscored(why, detail));
