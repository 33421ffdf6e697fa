import type { Cost, Usage } from '@pointsman/contracts';
import { chargeOf, estimateCost, type Metering } from '@pointsman/model-catalog';
import type { AttemptReport } from '@pointsman/providers';
import type { Hold } from '../limits/budgets.ts';
import type { AnswerCall } from './answer-call.ts';
import { NOTHING_SPENT } from './decision-draft.ts';
import { expectedOutput } from './estimate-candidates.ts';
import type { ListedModel, RequestFacts } from './list-candidates.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';

/** Twice the expected length of the reply, or all that was asked for: most replies stay below, and the difference goes back. */
const HOLD_FACTOR = 2;

/** What to reserve before the call, in nano-dollars. */
export function holdFor({ selection, parsed, facts }: AnswerCall): number {
  const [first] = selection.plan;
  if (first === undefined) return 0;
  const asked = parsed.request.max_completion_tokens ?? parsed.request.max_tokens;
  const expected = expectedOutput(selection.prediction.estimateOf(first.model), parsed.request);
  const outputTokens = asked == null ? expected * HOLD_FACTOR : asked * (parsed.request.n ?? 1);
  const cost = estimateCost({ inputTokens: facts.inputTokens, outputTokens }, meteringOf(first, facts), 'hold');
  return Math.max(chargeOf(cost), selection.expectedCostNanoUsd);
}

export const meteringOf = (entry: ListedModel, facts: RequestFacts): Metering => ({
  model: entry.model,
  isoDate: facts.isoDate,
  countedInputTokens: facts.inputTokens,
});

/**
 * A refused call cost nothing. One that was cut off, hung or was abandoned may have been read and answered in full: the
 * estimate takes the expected reply, since a budget must not be charged less than the provider may bill.
 */
export function costOfFailure(entry: ListedModel, report: AttemptReport, call: AnswerCall): Cost {
  if (report.consumed === 'nothing') return NOTHING_SPENT;
  const outputTokens = expectedOutput(call.selection.prediction.estimateOf(entry.model), call.parsed.request);
  const usage: Usage = { inputTokens: call.facts.inputTokens, outputTokens };
  return estimateCost(
    usage,
    meteringOf(entry, call.facts),
    'the provider may have worked on the request before it failed',
  );
}

export type Settlement = { settle(end: { usage: Usage; cost: Cost }): void };

/** Gives back what was held beyond the real cost, exactly once, and corrects the token booking. */
export function settlementOf(call: AnswerCall, hold: Hold, deps: PipelineDependencies): Settlement {
  let settled = false;
  const settle: Settlement['settle'] = ({ usage, cost }) => {
    if (settled) return;
    settled = true;
    const charge = chargeOf(cost);
    hold.settle(charge);
    call.ticket.settle((usage.inputTokens ?? 0) + (usage.outputTokens ?? 0));
    if (call.selection.paced !== undefined) deps.pacing.observe(call.selection.paced, charge);
  };
  return { settle };
}
