import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { boundFloor, deliveredOf, fewestGroups, groupsToProve, proveFloor } from './prove-floor.ts';
import type { GroupOutcome } from './replay-floor.ts';

const SHARE = { kind: 'share-of-strongest', share: 0.98, confidence: 0.95 } as const;
const BELOW = { kind: 'share-below', score: 0.8, share: 0.05, confidence: 0.95 } as const;

const outcome = (change: Partial<GroupOutcome>): GroupOutcome => ({
  requests: 1,
  routed: 1,
  strongest: 1,
  below: 0,
  costNanoUsd: 1,
  strongestCostNanoUsd: 2,
  ...change,
});
const times = (n: number, change: Partial<GroupOutcome>) => Array.from({ length: n }, () => outcome(change));

/** As the strongest in 96 %, wrong or right where it is right or wrong in 2 % each; the strongest is right in 80 %. */
function equallyGood(n: number, seed: string): GroupOutcome[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const draw = random();
    if (draw < 0.78) return outcome({});
    if (draw < 0.8) return outcome({ routed: 0 });
    return draw < 0.82 ? outcome({ strongest: 0 }) : outcome({ routed: 0, strongest: 0 });
  });
}

describe('the fewest groups a floor can be certified on', () => {
  it('is known in closed form', () => {
    // 0.98^149 < 0.05 < 0.98^148; 0.95^59 < 0.05 < 0.95^58.
    expect(fewestGroups(SHARE, 0.05)).toBe(149);
    expect(fewestGroups(BELOW, 0.05)).toBe(59);
  });

  it('is what flawless outcomes need for a share below a score', () => {
    expect(proveFloor(BELOW, times(59, {}), 0.05)).toBeLessThanOrEqual(0.05);
    expect(proveFloor(BELOW, times(58, {}), 0.05)).toBeGreaterThan(0.05);
  });

  it('is nearly what flawless outcomes need for a share of the strongest', () => {
    expect(proveFloor(SHARE, times(148, {}), 0.05)).toBeGreaterThan(0.05);
    expect(proveFloor(SHARE, times(250, {}), 0.05)).toBeLessThanOrEqual(0.05);
  });
});

describe('proving a floor', () => {
  it('tests single requests below a score by the binomial, groups of several by betting', () => {
    // P(Bin(93, 0.05) <= 1) = 0.0496...: one failure needs 93.
    const oneFallen = [...times(92, {}), outcome({ below: 1 })];
    expect(proveFloor(BELOW, oneFallen, 0.05)).toBeCloseTo(0.95 ** 93 + 93 * 0.05 * 0.95 ** 92, 12);
    const halfFallen = [outcome({ below: 0.5, requests: 2 }), ...times(200, {})];
    expect(proveFloor(BELOW, halfFallen, 0.05)).toBeLessThanOrEqual(0.05);
  });

  it('proves no promise that the outcomes break or just keep', () => {
    expect(proveFloor(SHARE, times(1000, { routed: 0.97 }), 0.05)).toBe(1);
    expect(proveFloor(SHARE, times(1000, { routed: 0.98 }), 0.05)).toBeGreaterThan(0.99);
  });

  it('asks for about as many groups as do prove it', () => {
    const needed = groupsToProve(SHARE, equallyGood(20_000, 'many'), 0.05);
    let proven = 0;
    for (let trial = 0; trial < 100; trial++) {
      if (proveFloor(SHARE, equallyGood(needed, `trial ${trial}`), 0.05) <= 0.05) proven++;
    }
    // 80 by the normal approximation; betting is a little weaker.
    expect(proven).toBeGreaterThan(60);
    expect(proven).toBeLessThan(95);
    expect(groupsToProve(SHARE, times(100, { routed: 0.9 }), 0.05)).toBe(Number.POSITIVE_INFINITY);
    expect(groupsToProve(BELOW, times(100, {}), 0.05)).toBe(59);
    // Nothing varies, so that the normal approximation would be content with any number.
    const flawless = groupsToProve(SHARE, times(100, {}), 0.05);
    expect(proveFloor(SHARE, times(flawless, {}), 0.05)).toBeLessThanOrEqual(0.05);
  });
});

describe('the bound of a proven floor', () => {
  it('is at least the promise, at most what was delivered, and closes in on it', () => {
    const [few, many] = [1000, 20_000].map((n) => {
      const outcomes = equallyGood(n, 'bound');
      const bound = boundFloor({ ...SHARE, share: 0.95 }, outcomes, 0.05) ?? 0;
      expect(bound).toBeGreaterThanOrEqual(0.95);
      expect(bound).toBeLessThan(deliveredOf(SHARE, outcomes));
      return bound;
    });
    expect(many).toBeGreaterThan(few ?? 1);
    expect(many).toBeGreaterThan(0.99);
  });

  it("is Clopper and Pearson's for single requests below a score, to a thousandth", () => {
    // Exact upper bound for none of 100: 1 - 0.05^(1/100) = 0.02951.
    expect(boundFloor(BELOW, times(100, {}), 0.05)).toBe(0.03);
  });

  it('does not exist for a promise that is not proven', () => {
    expect(boundFloor(SHARE, times(1000, { routed: 0.97 }), 0.05)).toBeUndefined();
  });
});
