import { DIMENSIONS, type DimensionScores, type FloorWhy } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FloorRule, pickForFloor } from '../floor/pick-for-floor.ts';
import type { Candidate, ChoiceRules, SessionState } from './choice.ts';
import { floorServedBy } from './choose-for-floor.ts';
import { chooseModel } from './choose-model.ts';
import type { FloorTerms } from './floor-terms.ts';

const candidate = (modelId: string, mean: number, cost: number): Candidate => ({
  modelId,
  estimate: {
    scores: Object.fromEntries(DIMENSIONS.map((d) => [d, { mean, spread: 0.05 }])) as DimensionScores,
    outputTokens: 100,
    basis: 'learned',
  },
  expectedCostNanoUsd: cost,
  blindMean: mean,
});
const CHEAP = candidate('p/cheap', 0.7, 10);
const FAIR = candidate('p/fair', 0.85, 30);
const BEST = candidate('p/best', 0.9, 100);
const RIVAL = candidate('p/rival', 0.92, 120);
const ALL = [CHEAP, FAIR, BEST, RIVAL];

const RULE: FloorRule = {
  kind: 'share-of-strongest',
  strongest: 'p/best',
  models: new Set(ALL.map(({ modelId }) => modelId)),
  leastFamiliarity: 0.2,
  thresholds: new Map([['legal', 0.9]]),
};
const inForce = (over: Partial<Extract<FloorTerms, { kind: 'in-force' }>> = {}): FloorTerms => ({
  kind: 'in-force',
  certificateId: 'crt_1',
  rule: RULE,
  domain: 'legal',
  familiarity: 0.5,
  ...over,
});
const rules = (floor: FloorTerms, over: Partial<ChoiceRules> = {}): ChoiceRules => ({
  kind: 'minimise-cost',
  risk: 0.15,
  minScores: {},
  weights: {},
  strict: false,
  scorePerNanoUsd: 0,
  floor,
  ...over,
});

function choose(candidates: Candidate[], floor: FloorTerms, over: Partial<ChoiceRules> = {}, session?: SessionState) {
  const choice = chooseModel(candidates, rules(floor, over), session);
  if (choice.kind === 'none') throw new Error(`nothing chosen: ${choice.unmet}`);
  return { model: choice.plan[0], reason: choice.reason, plan: choice.plan, floor: choice.floor?.record };
}
const promised = (outcome: string, why?: FloorWhy) => ({
  certificateId: 'crt_1',
  outcome,
  ...(why === undefined ? {} : { why }),
});
const without = (modelId: string) =>
  ALL.map((c) => (c.modelId === modelId ? { ...c, removedBy: 'unhealthy' as const, detail: 'down' } : c));

describe('under a certificate in force', () => {
  test('takes the certified pick, then the strongest, then the others by expected score', () => {
    expect(choose(ALL, inForce())).toEqual({
      model: 'p/fair',
      reason: 'certified-floor',
      plan: ['p/fair', 'p/best', 'p/rival', 'p/cheap'],
      floor: promised('certified'),
    });
  });

  test.each([
    ['an unfamiliar request', inForce({ familiarity: 0.1 }), 'unfamiliar'],
    ['a domain that is not certified', inForce({ domain: 'travel' }), 'domain-not-certified'],
  ] as const)('sends %s to the strongest', (_, floor, why) => {
    expect(choose(ALL, floor)).toMatchObject({
      model: 'p/best',
      reason: 'floor-strongest',
      floor: promised('certified', why),
    });
  });

  test('escalates where the pick cannot serve, whatever removed it, and keeps it where another model cannot', () => {
    const escalated = { model: 'p/best', reason: 'floor-strongest', floor: promised('escalated', 'pick-cannot-serve') };
    expect(choose(without('p/fair'), inForce())).toMatchObject(escalated);
    const slow = ALL.map((c) => (c === FAIR ? { ...c, latencyP95Ms: 900 } : c));
    expect(choose(slow, inForce(), { maxLatencyMs: 500 })).toMatchObject(escalated);
    const rude = ALL.map((c) => (c === FAIR ? { ...c, estimate: tone(c, 0.1) } : c));
    expect(choose(rude, inForce(), { minScores: { tone: 0.5 }, weights: { coherence: 1 } })).toMatchObject(escalated);
    expect(choose(without('p/cheap'), inForce())).toMatchObject({ model: 'p/fair', floor: promised('certified') });
  });

  test('escalates where a model of the pool is gone, and promises nothing where the strongest is', () => {
    expect(choose(ALL.slice(1), inForce())).toMatchObject({
      model: 'p/best',
      floor: promised('escalated', 'pool-incomplete'),
    });
    expect(choose(without('p/best'), inForce({ familiarity: 0 }))).toMatchObject({
      model: 'p/rival',
      reason: 'floor-strongest',
      floor: promised('uncertified', 'strongest-cannot-serve'),
    });
  });

  test('promises no share below a score in a domain that is not certified', () => {
    const rule: FloorRule = { ...RULE, kind: 'share-below' };
    expect(choose(ALL, inForce({ rule, domain: 'travel' }))).toMatchObject({
      model: 'p/best',
      floor: promised('uncertified', 'domain-not-certified'),
    });
  });

  test('serves the pick where nobody meets a minimum score, and nobody when the policy is strict', () => {
    const minScores = { overall: 0.99 };
    expect(choose(ALL, inForce(), { minScores })).toMatchObject({ model: 'p/fair', floor: promised('certified') });
    const strict = chooseModel(ALL, rules(inForce(), { minScores, strict: true }));
    expect(strict).toMatchObject({ kind: 'none', unmet: 'min-score' });
  });

  test('a tool loop keeps its model, and the record says what that leaves of the promise', () => {
    const loop = (modelId: string) => ({ modelId, inToolLoop: true, lostCacheNanoUsd: 0 });
    const keep = (modelId: string) => choose(ALL, inForce(), {}, loop(modelId));
    expect(keep('p/cheap')).toMatchObject({
      model: 'p/cheap',
      reason: 'tool-loop',
      plan: ['p/cheap', 'p/best', 'p/rival', 'p/fair'],
      floor: promised('uncertified', 'tool-loop'),
    });
    expect(keep('p/best')).toMatchObject({ model: 'p/best', floor: promised('escalated', 'tool-loop') });
    expect(keep('p/fair')).toMatchObject({ reason: 'tool-loop', floor: promised('certified') });
    expect(choose(without('p/cheap'), inForce(), {}, loop('p/cheap'))).toMatchObject({ model: 'p/fair' });
  });

  test('a session outside a tool loop goes where the promise asks', () => {
    const session = { modelId: 'p/rival', inToolLoop: false, lostCacheNanoUsd: 1_000_000 };
    expect(choose(ALL, inForce(), {}, session)).toMatchObject({ model: 'p/fair', reason: 'certified-floor' });
  });
});

describe('without a certificate in force', () => {
  test('takes the best model on average, or the last certificate’s strongest', () => {
    expect(choose(ALL, { kind: 'no-promise', why: 'no-certificate' })).toEqual({
      model: 'p/rival',
      reason: 'floor-strongest',
      plan: ['p/rival', 'p/best', 'p/fair', 'p/cheap'],
      floor: { outcome: 'uncertified', why: 'no-certificate' },
    });
    const expired: FloorTerms = { kind: 'no-promise', why: 'expired', strongest: 'p/best' };
    expect(choose(ALL, expired)).toMatchObject({ model: 'p/best', floor: { outcome: 'uncertified', why: 'expired' } });
    expect(choose(without('p/best'), expired)).toMatchObject({ model: 'p/rival', reason: 'floor-strongest' });
  });

  test('goes by averages, not by what is expected of this request', () => {
    const flattered = [
      { ...CHEAP, estimate: BEST.estimate },
      { ...FAIR, estimate: CHEAP.estimate },
    ];
    expect(choose(flattered, { kind: 'no-promise', why: 'no-certificate' }).model).toBe('p/fair');
  });

  test('names the certificate where only the prediction failed', () => {
    const floor: FloorTerms = {
      kind: 'no-promise',
      why: 'prediction-failed',
      certificateId: 'crt_1',
      strongest: 'p/best',
    };
    expect(choose(ALL, floor)).toMatchObject({
      model: 'p/best',
      floor: promised('uncertified', 'prediction-failed'),
    });
  });
});

describe('a reply by another model than the first of the plan', () => {
  const certified = { record: { certificateId: 'crt_1', outcome: 'certified' as const }, strongest: 'p/best' };

  test('is escalated when the strongest gave it, else nothing is promised', () => {
    expect(floorServedBy(certified, 'p/best', 'fallback')).toEqual(promised('escalated', 'fallback'));
    expect(floorServedBy(certified, 'p/cheap', 'fallback')).toEqual(promised('uncertified', 'fallback'));
  });

  test('keeps the reason why nothing was promised in the first place', () => {
    const record = { outcome: 'uncertified' as const, why: 'expired' as const };
    expect(floorServedBy({ ...certified, record }, 'p/best', 'fallback')).toEqual(record);
  });
});

describe('laws of the choice under a floor', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const situation = fc.record({
    models: fc.array(
      fc.record({ mean: unit, cost: fc.integer({ min: 1, max: 30 }), isRemoved: fc.boolean(), isPooled: fc.boolean() }),
      { minLength: 1, maxLength: 12 },
    ),
    threshold: fc.option(unit, { nil: undefined }),
    isCertifiedDomain: fc.boolean(),
    familiarity: unit,
    kind: fc.constantFrom('share-of-strongest' as const, 'share-below' as const),
    ceiling: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
  });
  type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

  function build({ models, threshold, isCertifiedDomain, familiarity, kind, ceiling }: Situation) {
    const candidates = models.map(
      ({ mean, cost, isRemoved }, n): Candidate => ({
        ...candidate(`p/m${n}`, mean, cost),
        removedBy: isRemoved ? 'tools' : undefined,
      }),
    );
    const pool = candidates.filter((_, n) => n === 0 || models[n]?.isPooled);
    const rule: FloorRule = {
      kind,
      strongest: 'p/m0',
      models: new Set(pool.map(({ modelId }) => modelId)),
      leastFamiliarity: 0.3,
      thresholds: new Map([[isCertifiedDomain ? 'legal' : 'travel', threshold]]),
    };
    return { candidates, rule, terms: inForce({ rule, familiarity }), maxCostNanoUsd: ceiling };
  }
  /** As the replay sees the same requests: predictions and costs, and nothing that could not answer. */
  const replayed = (candidates: Candidate[], canServe: (c: Candidate) => boolean) =>
    candidates.map((c) => ({
      model: c.modelId,
      mean: DIMENSIONS.reduce((sum, d) => sum + (c.estimate?.scores[d].mean ?? 0), 0) / DIMENSIONS.length,
      costNanoUsd: c.expectedCostNanoUsd ?? Number.NaN,
      canServe: canServe(c),
    }));

  test('never certified unless the rule of the replay says so, and then the same model', () => {
    fc.assert(
      fc.property(situation, (drawn) => {
        const { candidates, rule, terms, maxCostNanoUsd } = build(drawn);
        const choice = chooseModel(candidates, rules(terms, { maxCostNanoUsd }));
        const request = { domain: 'legal', familiarity: drawn.familiarity };
        const withinReach = (c: Candidate) =>
          c.removedBy === undefined && (c.expectedCostNanoUsd ?? 0) <= (maxCostNanoUsd ?? Number.POSITIVE_INFINITY);
        const able = pickForFloor({ ...request, candidates: replayed(candidates, withinReach) }, rule);
        const free = pickForFloor({ ...request, candidates: replayed(candidates, () => true) }, rule);
        if (choice.kind === 'none') {
          expect(able.model).toBeUndefined();
          return;
        }
        expect([choice.floor?.record.outcome, choice.plan[0]]).toEqual([able.kind, able.model]);
        if (choice.floor?.record.outcome === 'certified')
          expect(free).toEqual({ kind: 'certified', model: able.model });
      }),
      { numRuns: 500 },
    );
  });

  test('plans every model that can serve once, and none that cannot', () => {
    fc.assert(
      fc.property(situation, (drawn) => {
        const { candidates, terms, maxCostNanoUsd } = build(drawn);
        const choice = chooseModel(candidates, rules(terms, { maxCostNanoUsd }));
        if (choice.kind === 'none') return;
        const able = choice.considered.filter(({ removedBy }) => removedBy === undefined).map((c) => c.modelId);
        expect([...choice.plan].sort()).toEqual(able.sort());
      }),
    );
  });

  test('promises nothing without a certificate, whatever the candidates', () => {
    fc.assert(
      fc.property(situation, (drawn) => {
        const { candidates } = build(drawn);
        const choice = chooseModel(candidates, rules({ kind: 'no-promise', why: 'expired' }));
        if (choice.kind === 'chosen') expect(choice.floor?.record).toEqual({ outcome: 'uncertified', why: 'expired' });
      }),
    );
  });
});

function tone({ estimate }: Candidate, mean: number): Candidate['estimate'] {
  if (estimate === undefined) throw new Error('no estimate');
  return { ...estimate, scores: { ...estimate.scores, tone: { mean, spread: 0.01 } } };
}
