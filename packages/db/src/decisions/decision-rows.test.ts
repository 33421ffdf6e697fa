import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDecision } from '../testing/arbitrary-decision.ts';
import { sampleDecision } from '../testing/sample-decision.ts';
import { decodeDecision, encodeDecision } from './decision-rows.ts';

const AT = Date.UTC(2026, 10, 21, 12);

describe('a stored decision', () => {
  it('reads back as it was written, whatever it holds', () => {
    const names = ['a/one', 'a/two', 'b/three', 'c/four'];
    const numbers = new Map(names.map((name, index) => [name, index + 1]));
    const byNumber = new Map(names.map((name, index) => [index + 1, name]));
    fc.assert(
      fc.property(arbitraryDecision(AT, AT + 86_400_000), (decision) => {
        const row = encodeDecision(decision, numbers);
        const stored = { ...row, attempts: JSON.parse(JSON.stringify(row.attempts)) };
        expect(decodeDecision(stored, byNumber)).toEqual(decision);
      }),
    );
  });

  it('never turns an estimate that was not made into zero', () => {
    const decision = sampleDecision(AT, { candidates: [{ modelId: 'a/one' }, { modelId: 'a/two', risk: 0 }] });
    const row = encodeDecision(decision, new Map([['a/one', 1]]));
    expect(row.candidateCosts).toEqual([null, null]);
    expect(row.candidateNumbers?.filter((value) => value === 0)).toHaveLength(1);
  });

  it('repeats neither usage nor cost of the attempt that answered', () => {
    const [attempt] = encodeDecision(sampleDecision(AT), new Map()).attempts ?? [];
    expect(JSON.parse(JSON.stringify(attempt))).toEqual({
      s: 3,
      r: 'chatcmpl-0123456789abcdef',
      t: 312.5,
      T: 1890.25,
    });
  });

  it('is refused when its id is not a decision id', () => {
    expect(() => encodeDecision(sampleDecision(AT, { id: 'dec_42' }), new Map())).toThrow(/dec_42/);
  });

  it('is refused when its time is no time', () => {
    expect(() => encodeDecision(sampleDecision(AT, { at: 'noon' }), new Map())).toThrow(/noon/);
  });
});
