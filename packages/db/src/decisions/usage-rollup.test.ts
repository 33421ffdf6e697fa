import { describe, expect, it } from 'vitest';
import { sampleDecision } from '../testing/sample-decision.ts';
import { hasUnknownUsage, rollUpUsage, settleBudgets } from './usage-rollup.ts';

const AT = Date.UTC(2026, 10, 21, 23, 59);

describe('usage of a batch', () => {
  it('is one row per day, client, model, domain and policy', () => {
    const batch = [
      sampleDecision(AT),
      sampleDecision(AT),
      sampleDecision(AT + 120_000),
      sampleDecision(AT, { domain: 'legal' }),
    ];
    expect(rollUpUsage(batch).map(({ day, domain, answered }) => [day, domain, answered])).toEqual([
      ['2026-11-21', 'customer-support', 2],
      ['2026-11-21', 'legal', 1],
      ['2026-11-22', 'customer-support', 1],
    ]);
  });

  it('counts an unknown cost instead of adding it', () => {
    const unknown = sampleDecision(AT, { cost: { status: 'unknown', why: 'no usage' } });
    expect(rollUpUsage([unknown, sampleDecision(AT)])).toMatchObject([
      { exactCostNanoUsd: 265_800, unknownCostCount: 1, estimatedCostCount: 0 },
    ]);
  });

  it('counts an answered request whose tokens nobody reported', () => {
    expect(hasUnknownUsage(sampleDecision(AT, { usage: {} }))).toBe(true);
    expect(hasUnknownUsage(sampleDecision(AT, { usage: { inputTokens: 0, outputTokens: 0 } }))).toBe(false);
  });

  it('does not miss output tokens that an embedding does not have', () => {
    expect(hasUnknownUsage(sampleDecision(AT, { endpoint: 'embeddings', usage: { inputTokens: 8 } }))).toBe(false);
  });

  it('does not miss the tokens of a refusal', () => {
    expect(hasUnknownUsage(sampleDecision(AT, { outcome: 'refused', usage: {} }))).toBe(false);
  });
});

describe('spending of a batch', () => {
  it('goes to the UTC day and the UTC month of each decision', () => {
    const newYear = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
    const settled = settleBudgets([sampleDecision(newYear), sampleDecision(newYear + 1)]);
    expect(settled.map(({ windowKind, windowStart }) => `${windowKind} ${windowStart}`)).toEqual([
      'day 2026-12-31',
      'day 2027-01-01',
      'month 2026-12-01',
      'month 2027-01-01',
    ]);
  });
});
