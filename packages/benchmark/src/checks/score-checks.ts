import type { Check, Dimension, Verdict } from '@pointsman/contracts';
import type { CheckKind, CheckOf, CheckOutcome, CheckRun, CheckScorer } from './check-outcome.ts';
import { CHECK_SCORERS } from './check-scorers.ts';
import { replyPart } from './reply-part.ts';

/**
 * What a case's checks say of a reply, for each dimension that has any: the weighted share of those passed. A dimension
 * one of whose checks could not run is unscored, with the reason.
 */
export async function scoreChecks(
  reply: string,
  checks: readonly Check[],
  run: CheckRun,
): Promise<Partial<Record<Dimension, Verdict>>> {
  const byDimension = new Map<Dimension, { weight: number; outcome: CheckOutcome }[]>();
  for (const check of checks) {
    const outcome = await scoreCheck(reply, check, run);
    const own = byDimension.get(check.dimension) ?? [];
    byDimension.set(check.dimension, [...own, { weight: check.weight, outcome }]);
  }
  return Object.fromEntries([...byDimension].map(([dimension, outcomes]) => [dimension, verdictOf(outcomes)]));
}

/** One check on a reply: on the part that it names, or else that its kind reads. */
export async function scoreCheck<Kind extends CheckKind>(
  reply: string,
  check: CheckOf<Kind>,
  run: CheckRun,
): Promise<CheckOutcome> {
  const scorer: CheckScorer<Kind> = CHECK_SCORERS[check.kind as Kind];
  return scorer.score(replyPart(reply, check.part ?? scorer.part), check, run);
}

function verdictOf(outcomes: readonly { weight: number; outcome: CheckOutcome }[]): Verdict {
  const samples: number[] = [];
  let explanation: string | undefined;
  for (const { outcome } of outcomes) {
    if ('couldNotRun' in outcome)
      return { status: 'unscored', why: 'check-could-not-run', detail: outcome.couldNotRun };
    samples.push(outcome.passed ? 1 : 0);
    if (!outcome.passed) explanation ??= outcome.why;
  }
  const all = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const passed = outcomes.reduce((sum, { weight }, index) => sum + weight * (samples[index] ?? 0), 0);
  return {
    status: 'scored',
    score: passed === all ? 1 : passed / all,
    samples,
    scorer: 'checks',
    explanation: explanation ?? (samples.length === 1 ? 'the check passed' : `all ${samples.length} checks passed`),
  };
}
