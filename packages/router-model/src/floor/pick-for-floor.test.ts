import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FloorCandidate, type FloorRule, pickForFloor } from './pick-for-floor.ts';

const CANDIDATES: FloorCandidate[] = [
  { model: 'cheap', mean: 0.7, costNanoUsd: 10 },
  { model: 'fair', mean: 0.85, costNanoUsd: 30 },
  { model: 'best', mean: 0.9, costNanoUsd: 100 },
  { model: 'rival', mean: 0.92, costNanoUsd: 120 },
];
const RULE: FloorRule = {
  kind: 'share-of-strongest',
  strongest: 'best',
  models: new Set(['cheap', 'fair', 'best', 'rival']),
  leastFamiliarity: 0.2,
  thresholds: new Map([
    ['legal', 0.9],
    ['travel', undefined],
  ]),
};
const ask = (candidates = CANDIDATES, request = {}) => ({ domain: 'legal', familiarity: 0.5, candidates, ...request });
const without = (model: string) => CANDIDATES.map((c) => (c.model === model ? { ...c, canServe: false } : c));

describe('pickForFloor', () => {
  it('takes the cheapest predicted to reach the threshold as a share of the best prediction', () => {
    // 0.9 x 0.92 = 0.828.
    expect(pickForFloor(ask(), RULE)).toEqual({ kind: 'certified', model: 'fair' });
    expect(pickForFloor(ask(), { ...RULE, thresholds: new Map([['legal', 0.75]]) }).model).toBe('cheap');
    expect(pickForFloor(ask(), { ...RULE, thresholds: new Map([['legal', 1]]) }).model).toBe('rival');
  });

  it('takes the cheapest predicted to reach an absolute threshold, else the strongest', () => {
    const rule = { ...RULE, kind: 'share-below' as const };
    expect(pickForFloor(ask(), { ...rule, thresholds: new Map([['legal', 0.7]]) }).model).toBe('cheap');
    expect(pickForFloor(ask(), { ...rule, thresholds: new Map([['legal', 0.91]]) }).model).toBe('rival');
    expect(pickForFloor(ask(), { ...rule, thresholds: new Map([['legal', 0.95]]) })).toEqual({
      kind: 'certified',
      model: 'best',
    });
  });

  it('settles equal costs by the higher mean, then by name', () => {
    const tied = CANDIDATES.map((candidate) => ({ ...candidate, costNanoUsd: 10 }));
    expect(pickForFloor(ask(tied), RULE).model).toBe('rival');
    const alike = tied.map((candidate) => ({ ...candidate, mean: 0.9 }));
    expect(pickForFloor(ask(alike), RULE).model).toBe('best');
    expect(pickForFloor(ask(alike.toReversed()), RULE).model).toBe('best');
  });

  it.each([
    ['an unfamiliar request', { familiarity: 0.19 }],
    ['a request whose familiarity is not known', { familiarity: Number.NaN }],
    ['a domain certified for the strongest only', { domain: 'travel' }],
    ['a domain that is not certified', { domain: 'unknown' }],
  ])('sends %s to the strongest', (_, request) => {
    expect(pickForFloor(ask(CANDIDATES, request), RULE)).toEqual({ kind: 'certified', model: 'best' });
  });

  it('promises no share below a score in a domain that is not certified', () => {
    const rule = { ...RULE, kind: 'share-below' as const };
    expect(pickForFloor(ask(CANDIDATES, { domain: 'unknown' }), rule)).toEqual({ kind: 'uncertified', model: 'best' });
  });

  it('keeps its pick when another model cannot serve, and escalates when the pick cannot', () => {
    expect(pickForFloor(ask(without('cheap')), RULE)).toEqual({ kind: 'certified', model: 'fair' });
    expect(pickForFloor(ask(without('best')), RULE)).toEqual({ kind: 'certified', model: 'fair' });
    expect(pickForFloor(ask(without('fair')), RULE)).toEqual({ kind: 'escalated', model: 'best' });
  });

  it('escalates when a model of the pool is missing, for the certified pick is then unknown', () => {
    expect(pickForFloor(ask(CANDIDATES.slice(1)), RULE)).toEqual({ kind: 'escalated', model: 'best' });
  });

  it('never picks a model that the certificate does not know', () => {
    const newcomer = { model: 'new', mean: 1, costNanoUsd: 1 };
    expect(pickForFloor(ask([newcomer, ...CANDIDATES]), RULE)).toEqual({ kind: 'certified', model: 'fair' });
  });

  it('says uncertified, with the best remaining prediction, when the strongest is needed and cannot serve', () => {
    expect(pickForFloor(ask(without('best'), { familiarity: 0 }), RULE)).toEqual({
      kind: 'uncertified',
      model: 'rival',
    });
    const noStrongest = CANDIDATES.filter(({ model }) => model !== 'best');
    expect(pickForFloor(ask(noStrongest), RULE)).toEqual({ kind: 'uncertified', model: 'rival' });
    const alike = noStrongest.map((candidate) => ({ ...candidate, mean: 0.5 }));
    expect(pickForFloor(ask(alike), RULE).model).toBe('cheap');
    expect(pickForFloor(ask([]), RULE)).toEqual({ kind: 'uncertified', model: undefined });
  });

  it('never costs more at a lower threshold, and never picks below the bar', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const pool = fc.array(fc.record({ mean: unit, costNanoUsd: fc.nat(20) }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(pool, unit, unit, (drawn, one, other) => {
        const candidates = drawn.map((candidate, index) => ({ ...candidate, model: `m${index}` }));
        const models = new Set(candidates.map(({ model }) => model));
        const best = Math.max(...candidates.map(({ mean }) => mean));
        const costAt = (threshold: number) => {
          const rule = { ...RULE, strongest: 'm0', models, thresholds: new Map([['legal', threshold]]) };
          const { kind, model } = pickForFloor(ask(candidates), rule);
          const picked = candidates.find((candidate) => candidate.model === model);
          expect(kind).toBe('certified');
          expect(picked?.mean).toBeGreaterThanOrEqual(threshold * best);
          return picked?.costNanoUsd ?? Number.NaN;
        };
        expect(costAt(Math.min(one, other))).toBeLessThanOrEqual(costAt(Math.max(one, other)));
      }),
    );
  });
});
