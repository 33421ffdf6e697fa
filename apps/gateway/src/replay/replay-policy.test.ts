import type { CatalogModel, Price } from '@pointsman/contracts';
import { priceOn, priceText } from '@pointsman/model-catalog';
import type { PolicyCertificate } from '@pointsman/router-model/choice';
import { floorRuleOf } from '@pointsman/router-model/floor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCertificate, samplePart } from '../../test/sample-certificate.ts';
import { explainDifferences } from './explain-differences.ts';
import { readRequest, skipOf } from './recorded-request.ts';
import { type Drawn, groundOf, MODELS, policyOf, recordOf, replayOne } from './test/simulated-traffic.ts';

const drawnModel: fc.Arbitrary<Drawn> = fc.record({
  mean: fc.double({ min: 0.3, max: 0.99, noNaN: true }),
  spread: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
  costNanoUsd: fc.integer({ min: 1, max: 5_000_000 }),
  latencyP95Ms: fc.integer({ min: 100, max: 9_000 }),
});
const drawn = fc.tuple(...MODELS.map(() => drawnModel));
const policy = fc
  .record({
    kind: fc.constantFrom('minimise-cost' as const, 'maximise-quality' as const),
    risk: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    minScores: fc.constantFrom({}, { overall: 0.7 }, { overall: 0.6, tone: 0.8 }),
    minShareOfBest: fc.constantFrom(undefined, 0.95),
    strict: fc.boolean(),
    maxCostUsd: fc.constantFrom(undefined, 0.002),
    maxLatencyMs: fc.constantFrom(undefined, 4_000),
    deniedModels: fc.constantFrom<string[]>([], ['a/small']),
    regions: fc.constantFrom<string[] | undefined>(undefined, ['eu']),
    weights: fc.constantFrom({}, { tone: 2, safety: 1 }),
  })
  .map((drawnPolicy) => policyOf(drawnPolicy));

const priceOf = (model: CatalogModel): Price => priceOn(model, '2026-11-21') as Price;

/** a/small cheap and middling, a/large and b/medium good, c/best the best and dear. */
const USUAL: Drawn[] = [
  { mean: 0.7, spread: 0.05, costNanoUsd: 100, latencyP95Ms: 500 },
  { mean: 0.85, spread: 0.05, costNanoUsd: 400, latencyP95Ms: 900 },
  { mean: 0.82, spread: 0.05, costNanoUsd: 300, latencyP95Ms: 2_000 },
  { mean: 0.95, spread: 0.02, costNanoUsd: 3_000, latencyP95Ms: 3_000 },
];

describe('a policy replayed on what it routed itself', () => {
  it('chooses again what it chose, whatever the policy and the estimates', () => {
    fc.assert(
      fc.property(policy, drawn, (present, models) => {
        const record = recordOf(present, models);
        fc.pre(skipOf(record) === undefined);
        const again = replayOne(record, present, groundOf(present));
        expect(again.served?.modelId).toBe(record.modelId);
        expect(again.served?.reason).toBe(record.modelId === undefined ? undefined : record.reason);
      }),
      { numRuns: 300 },
    );
  });

  it('also where the request asked for more than the policy', () => {
    const present = policyOf({ minScores: { overall: 0.6 } });
    const asks = [{ min_score: 0.8 }, { max_cost_usd: 0.0000002 }, { max_latency_ms: 600 }];
    for (const asked of asks) {
      const record = recordOf(present, USUAL, asked);
      expect(replayOne(record, present, groundOf(present)).served?.modelId).toBe(record.modelId);
    }
  });
});

describe('another policy on the same request', () => {
  const present = policyOf({ minScores: { overall: 0.6 } });
  const record = recordOf(present, USUAL);
  const choose = (input: Parameters<typeof policyOf>[0]) =>
    replayOne(record, policyOf(input), groundOf(present)).served?.modelId;

  it('takes what its own bar, ceilings, weights and lists ask for', () => {
    expect(record.modelId).toBe('a/small');
    expect(choose({ minScores: { overall: 0.75 } })).toBe('b/medium');
    expect(choose({ minScores: { overall: 0.9 } })).toBe('c/best');
    expect(choose({ kind: 'maximise-quality' })).toBe('c/best');
    expect(choose({ kind: 'maximise-quality', maxCostUsd: 0.000001 })).toBe('a/large');
    expect(choose({ minScores: { overall: 0.75 }, maxLatencyMs: 1_000 })).toBe('a/large');
    expect(choose({ deniedModels: ['a/*'] })).toBe('b/medium');
    expect(choose({ regions: ['global'] })).toBe('c/best');
    expect(choose({ minShareOfBest: 0.98 })).toBe('c/best');
    expect(choose({ minScores: { overall: 0.99 }, strict: true })).toBeUndefined();
    expect(choose({ minScores: { overall: 0.99 } })).toBe('c/best');
  });

  it('never loosens what the request itself asked', () => {
    const asked = recordOf(present, USUAL, { min_score: 0.8, max_latency_ms: 1_000 });
    expect(asked.modelId).toBe('a/large');
    const looser = policyOf({ minScores: { overall: 0.3 } });
    expect(replayOne(asked, looser, groundOf(present)).served?.modelId).toBe('a/large');
  });

  it('keeps out what could not serve, whatever the policy', () => {
    const blocked = {
      ...record,
      candidates: record.candidates.map((candidate) =>
        candidate.modelId === 'c/best' ? { modelId: 'c/best', removedBy: 'tools' as const } : candidate,
      ),
    };
    const served = replayOne(blocked, policyOf({ kind: 'maximise-quality' }), groundOf(present)).served;
    expect(served?.modelId).toBe('a/large');
  });

  it('with a floor takes the strongest, and what is certified where a certificate is in force', () => {
    const floor = { kind: 'share-of-strongest', share: 0.95, confidence: 0.95 } as const;
    const legal = { ...record, domain: 'legal', familiarity: 0.9 };
    const prices = { 'a/large': '', 'c/best': '' };
    for (const model of MODELS)
      if (model.id in prices) Object.assign(prices, { [model.id]: priceText(priceOf(model)) });
    const issued = sampleCertificate({ strongest: 'c/best' }, prices);
    const rule = floorRuleOf({ ...issued.certificate, parts: [samplePart({ threshold: 0.8 })] });
    const under = (certificate: PolicyCertificate | undefined, of = legal) => {
      const ground = groundOf(present, { certificateOf: () => certificate, routerVersion: '0123456789ab' });
      return replayOne(of, policyOf({ floor }), ground).served;
    };
    const inForce = { id: 'c', isActive: true, issued, rule };
    expect(under(undefined)).toMatchObject({ reason: 'floor-strongest', modelId: 'c/best' });
    expect(under(inForce)).toMatchObject({ reason: 'certified-floor', modelId: 'a/large' });
    expect(under({ ...inForce, isActive: false })?.modelId).toBe('c/best');
    expect(under(inForce, { ...legal, familiarity: 0.1 })?.modelId).toBe('c/best');
  });
});

describe('models the policy did not allow before', () => {
  const present = policyOf({ deniedModels: ['c/*'] });
  const record = recordOf(present, USUAL);

  it('stand with their average, at the price of the day for the tokens of the request', () => {
    const opened = replayOne(
      record,
      policyOf({ kind: 'maximise-quality', deniedModels: ['a/*', 'b/*'] }),
      groundOf(present),
    );
    expect(opened).toMatchObject({ averaged: ['c/best'], unknown: [], served: { modelId: 'c/best' } });
    // 812 tokens in at 1 dollar and 100 out at 2 dollars per million.
    expect(opened.served?.costNanoUsd).toBe(812_000 + 200_000);
  });

  it('are unknown where the request needs something that models lack, or its length is not known', () => {
    const needy = { ...record, candidates: [...record.candidates, { modelId: 'x/y', removedBy: 'tools' as const }] };
    const unmeasured = { ...record, usage: {} };
    for (const each of [needy, unmeasured]) {
      expect(replayOne(each, policyOf(), groundOf(present))).toMatchObject({ averaged: [], unknown: ['c/best'] });
    }
  });

  it('stay out of requests from before the policy changed, where others of that time had them', () => {
    const later = { policyChangedMs: Date.parse(record.at) + 1 };
    const anything = policyOf({ kind: 'maximise-quality' });
    const seen = groundOf(present, { ...later, seenEarlier: new Set(['c/best']) });
    expect(replayOne(record, anything, seen)).toMatchObject({ averaged: [], served: { modelId: 'a/large' } });
    expect(replayOne(record, anything, groundOf(present, later)).averaged).toEqual(['c/best']);
  });

  it('stay out where it was the request that left them out', () => {
    const open = policyOf();
    const chosenAmong = recordOf(open, USUAL, { models: ['a/*'] });
    const best = replayOne(chosenAmong, policyOf({ kind: 'maximise-quality' }), groundOf(open));
    expect(best).toMatchObject({ averaged: [], unknown: [], served: { modelId: 'a/large' } });
  });
});

describe('what a reply would have cost', () => {
  it('is scaled by how the real one missed its expectation, and known as badly for other models only', () => {
    const present = policyOf({ minScores: { overall: 0.6 } });
    const record = recordOf(present, USUAL);
    const dear = { status: 'exact', nanoUsd: 150 } as const;
    const longer = { ...record, cost: dear, attempts: record.attempts.map((each) => ({ ...each, cost: dear })) };
    expect(replayOne(longer, present, groundOf(present)).served).toMatchObject({
      costNanoUsd: 150,
      costSpreadNanoUsd: 0,
    });
    const other = replayOne(longer, policyOf({ minScores: { overall: 0.75 } }), groundOf(present)).served;
    expect(other).toMatchObject({ modelId: 'b/medium', costNanoUsd: 450, costSpreadNanoUsd: 150 });
  });
});

describe('requests that cannot be replayed', () => {
  it('are told apart', () => {
    const record = recordOf(policyOf(), USUAL);
    expect(skipOf(record)).toBeUndefined();
    expect(skipOf({ ...record, requestedModel: 'a/small' })).toBe('model-named');
    expect(skipOf({ ...record, requestedModel: 'auto/strict' })).toBeUndefined();
    expect(skipOf({ ...record, outcome: 'cached', candidates: [] })).toBe('cached');
    expect(skipOf({ ...record, candidates: [] })).toBe('not-considered');
    expect(skipOf({ ...record, candidates: [{ modelId: 'a/small', removedBy: 'tools' }] })).toBe('no-estimates');
  });
});

describe('where the replay of the present policy differs from what happened', () => {
  it('says why, the first reason that applies', () => {
    const present = policyOf({ minScores: { overall: 0.6 } });
    const record = recordOf(present, USUAL);
    const elsewhere = { ...record, attempts: record.attempts.map((each) => ({ ...each, modelId: 'c/best' })) };
    const gone = { ...record, attempts: record.attempts.map((each) => ({ ...each, modelId: 'z/gone' })) };
    const decisions = [record, { ...elsewhere, reason: 'session-sticky' as const }, gone, elsewhere];
    const ground = groundOf(present);
    const requests = decisions.map((decision) => readRequest(decision, ground));
    const replayed = decisions.map((decision) => replayOne(decision, present, ground));
    expect(explainDifferences(requests, replayed, ground)).toEqual({
      share: { value: 0.25, count: 4 },
      differences: [
        { why: 'session', count: 1 },
        { why: 'model-gone', count: 1 },
        { why: 'other', count: 1 },
      ],
    });
    const later = groundOf(present, { policyChangedMs: Date.parse(record.at) + 1 });
    const before = [elsewhere].map((decision) => readRequest(decision, later));
    expect(explainDifferences(before, replayed.slice(0, 1), later).differences).toEqual([
      { why: 'policy-changed-since', count: 1 },
    ]);
  });
});
