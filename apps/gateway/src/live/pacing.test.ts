import { seededRandom } from '@pointsman/statistics';
import { describe, expect, test } from 'vitest';
import { createPacing } from './pacing.ts';

const PACED = { clientId: 'cli_a', policy: 'best', monthlyBudgetNanoUsd: 1_000_000_000 };
const MONTH_MS = 30 * 86_400_000;
const START_MS = Date.UTC(2026, 10, 1);

/** Two models: a dear one that is better by a random margin, a cheap one. What of the budget is used by the month's end? */
function simulateMonth(requests: number, dearNanoUsd: number, spentBefore = 0): number {
  let nowMs = START_MS;
  const pacing = createPacing({ now: () => nowMs, spentThisMonth: async () => spentBefore });
  const random = seededRandom(7);
  let spent = 0;
  for (let i = 0; i < requests; i++) {
    nowMs = START_MS + (i / requests) * MONTH_MS;
    const gain = random() * 0.2;
    const price = pacing.scorePerNanoUsd(PACED);
    const cost = gain > price * (dearNanoUsd - dearNanoUsd / 50) ? dearNanoUsd : dearNanoUsd / 50;
    spent += cost;
    pacing.observe(PACED, cost);
  }
  return spent / PACED.monthlyBudgetNanoUsd;
}

describe('a month of maximising quality under a budget', () => {
  test('the budget lasts and is used when always taking the dear model would spend it three times over', () => {
    const used = simulateMonth(30_000, 100_000);
    expect(used).toBeGreaterThan(0.9);
    expect(used).toBeLessThanOrEqual(1.01);
  });

  test('an ample budget does not hold quality back', () => {
    expect(simulateMonth(10_000, 10_000)).toBeGreaterThan(0.09);
  });

  test('nothing left means only what is cheapest', async () => {
    const pacing = createPacing({ now: () => START_MS, spentThisMonth: async () => PACED.monthlyBudgetNanoUsd });
    pacing.scorePerNanoUsd(PACED);
    await Promise.resolve();
    await Promise.resolve();
    expect(pacing.scorePerNanoUsd(PACED)).toBeGreaterThan(0.5);
  });
});
