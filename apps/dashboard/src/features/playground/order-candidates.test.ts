import type { PlaygroundPreview } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { orderCandidates, scoreInterval } from './order-candidates.ts';

const candidates = [
  { modelId: 'dear', expectedCostNanoUsd: 9 },
  { modelId: 'unpriced' },
  { modelId: 'cheap', expectedCostNanoUsd: 1 },
  { modelId: 'chosen', expectedCostNanoUsd: 5 },
];
const order = (choice: PlaygroundPreview['choice']) =>
  orderCandidates({ candidates, choice } as unknown as PlaygroundPreview).map(({ modelId }) => modelId);

describe('candidates', () => {
  test('stand in the order of the plan, then by cost, those without a price last', () => {
    const choice = { kind: 'chosen' as const, plan: ['chosen', 'dear'], reason: 'cheapest-safe' as const };
    expect(order({ ...choice, expectedCostNanoUsd: 5 })).toEqual(['chosen', 'dear', 'cheap', 'unpriced']);
    expect(order({ kind: 'none', message: '' })).toEqual(['cheap', 'chosen', 'dear', 'unpriced']);
  });

  test('have scores whose interval stays a score', () => {
    expect(scoreInterval({ mean: 0.9, spread: 0.1 })).toEqual({ low: 0.9 - 0.196, high: 1 });
    expect(scoreInterval({ mean: 0.1, spread: 0.1 }).low).toBe(0);
  });
});
