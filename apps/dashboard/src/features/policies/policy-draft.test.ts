import type { Dimension } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { isSame, NEW_POLICY, problemsOf, withEntry, withField } from './policy-draft.ts';

const named = { ...NEW_POLICY, name: 'careful' };

describe('a policy being edited', () => {
  it('is complete once it has a name', () => {
    expect(problemsOf(NEW_POLICY)).toEqual(['name']);
    expect(problemsOf(named)).toEqual([]);
  });
  it('may not weigh nothing, promise a floor while maximising, or allow no model', () => {
    const floor = { kind: 'share-of-strongest' as const, share: 0.98, confidence: 0.95 };
    expect(problemsOf({ ...named, weights: { tone: 0 }, kind: 'maximise-quality', floor, allowedModels: [] })).toEqual([
      'weights',
      'floor-kind',
      'no-models',
    ]);
  });
  it('leaves out what says nothing: absent is unlimited, zero is not', () => {
    expect(withField({ ...named, maxCostUsd: 1 }, 'maxCostUsd', undefined)).not.toHaveProperty('maxCostUsd');
    expect(withEntry<Dimension, number>({ tone: 0.5, safety: 0.9 }, 'tone', undefined)).toEqual({ safety: 0.9 });
  });
  it('is the same whatever the order of its fields', () => {
    const { risk, ...rest } = named;
    expect(isSame(named, { ...rest, risk })).toBe(true);
    expect(isSame(named, { ...named, risk: 0.1 })).toBe(false);
  });
});
