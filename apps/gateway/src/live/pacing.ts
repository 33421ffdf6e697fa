import type { PacedPolicy, Pacing } from '../pipeline/pipeline-dependencies.ts';

type Pace = {
  dual: number;
  perRequestNanoUsd: number;
  requests: number;
  sinceMs: number;
  spentNanoUsd: number;
  monthEndMs: number;
};

/** With nothing left only the cheapest model is worth its cost: one full score point per nano-dollar. */
const BUDGET_SPENT = 1;

/** Step size of the dual ascent; small against the noise of single requests. */
const STEP = 0.02;

/**
 * Paces a month's budget by online dual ascent (Balseiro, Lu, Mirrokni, "Dual mirror descent for online allocation",
 * 2020): after each request the price on cost rises when it cost more than its share of what is left, and falls when
 * it cost less. The share is what is left divided by the requests still expected at the rate seen so far.
 */
export function createPacing(options: { now(): number; spentThisMonth(paced: PacedPolicy): Promise<number> }): Pacing {
  const paces = new Map<string, Pace>();
  const paceOf = (paced: PacedPolicy): Pace => {
    const key = `${paced.clientId}:${paced.policy}`;
    const known = paces.get(key);
    if (known !== undefined && options.now() < known.monthEndMs) return known;
    const fresh: Pace = {
      dual: 0,
      perRequestNanoUsd: 0,
      requests: 0,
      sinceMs: options.now(),
      spentNanoUsd: 0,
      monthEndMs: endOfMonth(options.now()),
    };
    paces.set(key, fresh);
    // A node that starts in mid-month learns what was spent; until it knows, it paces as if nothing was.
    options.spentThisMonth(paced).then(
      (spent) => {
        fresh.spentNanoUsd += spent;
      },
      () => undefined,
    );
    return fresh;
  };
  return {
    scorePerNanoUsd(paced) {
      const pace = paceOf(paced);
      if (pace.spentNanoUsd >= paced.monthlyBudgetNanoUsd) return BUDGET_SPENT;
      return pace.perRequestNanoUsd === 0 ? 0 : pace.dual / pace.perRequestNanoUsd;
    },
    observe(paced, costNanoUsd) {
      const pace = paceOf(paced);
      pace.requests += 1;
      pace.spentNanoUsd += costNanoUsd;
      pace.perRequestNanoUsd = shareOf(pace, paced.monthlyBudgetNanoUsd, options.now());
      const excess = pace.perRequestNanoUsd === 0 ? 1 : costNanoUsd / pace.perRequestNanoUsd - 1;
      pace.dual = Math.max(0, pace.dual + STEP * Math.min(excess, 10));
    },
  };
}

function shareOf(pace: Pace, budgetNanoUsd: number, nowMs: number): number {
  const left = Math.max(0, budgetNanoUsd - pace.spentNanoUsd);
  const perMs = pace.requests / Math.max(1000, nowMs - pace.sinceMs);
  const expected = Math.max(1, perMs * Math.max(0, pace.monthEndMs - nowMs));
  return left / expected;
}

function endOfMonth(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
}
