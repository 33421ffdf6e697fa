import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { paceBudget } from './pace-budget.ts';
import { readRequest } from './recorded-request.ts';
import { termsOf } from './replay-ground.ts';
import { replayPolicy } from './replay-policy.ts';
import { groundOf, policyOf, recordOf } from './test/simulated-traffic.ts';

const present = policyOf();
const ground = groundOf(present);
const GAINS = [0, 0.1, 0.08, 0.18];
const random = seededRandom(7);
const requests = Array.from({ length: 200 }, () => {
  const ease = random() * 0.2;
  const drawn = [100, 400, 300, 3_000].map((costNanoUsd, index) => ({
    mean: 0.6 + ease + (GAINS[index] ?? 0),
    spread: 0.05,
    costNanoUsd: Math.round(costNanoUsd * (0.5 + random())),
    latencyP95Ms: 500,
  }));
  return readRequest(recordOf(present, drawn), ground);
});

async function spendUnder(monthlyBudgetUsd: number): Promise<number> {
  const policy = policyOf({ kind: 'maximise-quality', monthlyBudgetUsd });
  const parts = { terms: termsOf(policy, ground), present: termsOf(present, ground), ground };
  const pause = () => Promise.resolve();
  const terms = await paceBudget(requests, { ...parts, requestsPerMonth: 1_000_000, pause });
  const choices = replayPolicy(requests, { ...parts, terms });
  return choices.reduce((sum, { served }) => sum + (served?.costNanoUsd ?? 0), 0) / requests.length;
}

describe('the price of a monthly budget', () => {
  it('spends the budget and not more', async () => {
    // A million requests a month: a budget of one dollar is 1000 nano-dollars each.
    for (const budget of [0.3, 1, 2]) {
      const perRequest = await spendUnder(budget);
      expect(perRequest).toBeLessThanOrEqual(1000 * budget);
      expect(perRequest).toBeGreaterThan(0.8 * 1000 * budget);
    }
  });

  it('is nothing where the best models cost less than the budget', async () => {
    const best = await spendUnder(1_000);
    expect(best).toBeGreaterThan(2_500);
    expect(best).toBe(await spendUnder(5_000));
  });

  it('leaves the cheapest where even they cost more', async () => {
    expect(await spendUnder(0.0001)).toBeLessThan(150);
  });
});
