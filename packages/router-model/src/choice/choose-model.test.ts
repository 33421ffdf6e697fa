import { DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate, ChoiceRules } from './choice.ts';
import { chooseModel } from './choose-model.ts';

const scores = (mean: number, spread: number) =>
  Object.fromEntries(DIMENSIONS.map((d) => [d, { mean, spread }])) as DimensionScores;

const candidate = (modelId: string, mean: number, cost: number, spread = 0.05): Candidate => ({
  modelId,
  estimate: { scores: scores(mean, spread), outputTokens: 100, basis: 'learned' },
  expectedCostNanoUsd: cost,
});

const rules = (over: Partial<ChoiceRules> = {}): ChoiceRules => ({
  kind: 'minimise-cost',
  risk: 0.15,
  minScores: { overall: 0.7 },
  weights: {},
  strict: false,
  scorePerNanoUsd: 0,
  ...over,
});

const chosen = (
  candidates: Candidate[],
  over: Partial<ChoiceRules> = {},
  session?: Parameters<typeof chooseModel>[2],
) => {
  const choice = chooseModel(candidates, rules(over), session);
  if (choice.kind === 'none') throw new Error(`nothing chosen: ${choice.unmet}`);
  return { model: choice.plan[0], reason: choice.reason, plan: choice.plan, considered: choice.considered };
};

describe('minimising cost', () => {
  const cheap = candidate('p/cheap', 0.6, 10);
  const middle = candidate('p/middle', 0.85, 50);
  const strong = candidate('p/strong', 0.95, 200);

  test('takes the cheapest candidate that is safe', () => {
    expect(chosen([strong, cheap, middle])).toMatchObject({ model: 'p/middle', reason: 'cheapest-safe' });
  });

  test('escalates when a cheaper one passes on its mean but not on its risk', () => {
    const uncertain = candidate('p/uncertain', 0.75, 20, 0.2);
    expect(chosen([uncertain, middle, strong])).toMatchObject({ model: 'p/middle', reason: 'escalated-uncertain' });
  });

  test('takes the best worst case when none is safe, and refuses when the policy is strict', () => {
    const hopeless = [candidate('p/a', 0.3, 10), candidate('p/b', 0.5, 90), candidate('p/c', 0.5, 90, 0.3)];
    expect(chosen(hopeless)).toMatchObject({ model: 'p/b', reason: 'best-worst-case' });
    expect(chooseModel(hopeless, rules({ strict: true }))).toMatchObject({ kind: 'none', unmet: 'min-score' });
  });

  test('says what removed each candidate, and names the last constraint when none is left', () => {
    const choice = chooseModel([cheap, strong], rules({ maxCostNanoUsd: 5 }));
    expect(choice).toMatchObject({ kind: 'none', unmet: 'max-cost' });
    expect(choice.considered.every((c) => c.removedBy === 'max-cost' && c.detail !== undefined)).toBe(true);
  });

  test('a latency nobody has measured removes nobody; one above the ceiling does', () => {
    const slow = { ...middle, latencyP95Ms: 5000 };
    expect(chosen([slow, strong], { maxLatencyMs: 1000 }).model).toBe('p/strong');
    expect(chosen([middle, strong], { maxLatencyMs: 1000 }).model).toBe('p/middle');
  });

  test('takes the cheapest candidate within the asked share of the best, however hard the request is', () => {
    const hard = [candidate('p/best', 0.3, 900), candidate('p/near', 0.296, 50), candidate('p/far', 0.2, 1)];
    const choice = chosen(hard, { minScores: {}, minShareOfBest: 0.98 });
    expect(choice).toMatchObject({ model: 'p/near', reason: 'cheapest-safe', plan: ['p/near', 'p/best', 'p/far'] });
    expect(choice.considered[2]).toMatchObject({
      removedBy: 'min-score',
      detail: expect.stringContaining('of the best'),
    });
  });

  test('a minimum on one dimension is met on that dimension', () => {
    const unsafe: Candidate = {
      ...cheap,
      modelId: 'p/rude',
      estimate: {
        outputTokens: 1,
        basis: 'learned',
        scores: { ...scores(0.95, 0.02), tone: { mean: 0.2, spread: 0.02 } },
      },
    };
    expect(chosen([unsafe, strong], { minScores: { tone: 0.5 } }).model).toBe('p/strong');
  });
});

describe('maximising quality', () => {
  test('takes the highest score when cost has no price', () => {
    const all = [candidate('p/a', 0.9, 10), candidate('p/b', 0.95, 1000)];
    expect(chosen(all, { kind: 'maximise-quality' })).toMatchObject({ model: 'p/b', reason: 'highest-quality' });
  });

  test('gives up score for cost at the paced price', () => {
    const all = [candidate('p/a', 0.9, 10), candidate('p/b', 0.95, 1000)];
    expect(chosen(all, { kind: 'maximise-quality', scorePerNanoUsd: 0.001 }).model).toBe('p/a');
  });
});

describe('sessions', () => {
  const stay = candidate('p/stay', 0.9, 60);
  const cheaper = candidate('p/cheaper', 0.9, 50);

  test('a session keeps its model unless the saving exceeds the lost prompt cache', () => {
    const session = { modelId: 'p/stay', inToolLoop: false, lostCacheNanoUsd: 20 };
    expect(chosen([stay, cheaper], {}, session)).toMatchObject({ model: 'p/stay', reason: 'session-sticky' });
    expect(chosen([stay, cheaper], {}, { ...session, lostCacheNanoUsd: 5 })).toMatchObject({
      model: 'p/cheaper',
      reason: 'session-switched',
    });
  });

  test('a tool loop keeps its model even where another would be safer', () => {
    const weak = candidate('p/weak', 0.4, 60);
    const session = { modelId: 'p/weak', inToolLoop: true, lostCacheNanoUsd: 0 };
    expect(chosen([weak, cheaper], { strict: true }, session)).toMatchObject({ model: 'p/weak', reason: 'tool-loop' });
  });

  test('a session whose model cannot serve the request moves on', () => {
    const gone: Candidate = { ...stay, removedBy: 'unhealthy' };
    const session = { modelId: 'p/stay', inToolLoop: true, lostCacheNanoUsd: 100 };
    expect(chosen([gone, cheaper], {}, session)).toMatchObject({ model: 'p/cheaper', reason: 'session-switched' });
  });

  test('a session leaves a model that fell below the floor', () => {
    const weak = candidate('p/weak', 0.4, 10);
    const session = { modelId: 'p/weak', inToolLoop: false, lostCacheNanoUsd: 1000 };
    expect(chosen([weak, cheaper], {}, session).model).toBe('p/cheaper');
  });
});

describe('laws of the choice', () => {
  const arbitrary = fc.array(
    fc.record({
      mean: fc.double({ min: 0, max: 1, noNaN: true }),
      spread: fc.double({ min: 0, max: 0.4, noNaN: true }),
      cost: fc.integer({ min: 1, max: 1e9 }),
    }),
    { minLength: 1, maxLength: 30 },
  );
  const build = (rows: { mean: number; spread: number; cost: number }[]) =>
    rows.map((row, i) => candidate(`p/m${i}`, row.mean, row.cost, row.spread));

  test('never over the cost ceiling', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 1e9 }), (rows, ceiling) => {
        const candidates = build(rows);
        const choice = chooseModel(candidates, rules({ maxCostNanoUsd: ceiling }));
        const cost = new Map(candidates.map((c) => [c.modelId, c.expectedCostNanoUsd ?? 0]));
        if (choice.kind === 'chosen') expect(choice.plan.every((id) => (cost.get(id) ?? 0) <= ceiling)).toBe(true);
        else expect(candidates.every((c) => (c.expectedCostNanoUsd ?? 0) > ceiling)).toBe(true);
      }),
    );
  });

  test('adding a candidate never raises the price of a satisfied request', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (rows, more) => {
        const few = build(rows);
        const many = [...few, ...build(more).map((c) => ({ ...c, modelId: `q${c.modelId}` }))];
        const before = chooseModel(few, rules());
        const after = chooseModel(many, rules());
        if (before.kind === 'none' || after.kind === 'none' || before.reason === 'best-worst-case') return;
        const safeAlone = few.length > 1 || (before.considered[0]?.risk ?? 1) <= 0.15;
        if (!safeAlone) return;
        const cost = new Map(many.map((c) => [c.modelId, c.expectedCostNanoUsd ?? 0]));
        expect(cost.get(after.plan[0])).toBeLessThanOrEqual(cost.get(before.plan[0]) ?? 0);
      }),
    );
  });

  test('the same input gives the same choice, whatever the order of the candidates', () => {
    fc.assert(
      fc.property(arbitrary, (rows) => {
        const candidates = build(rows);
        const forwards = chooseModel(candidates, rules());
        const backwards = chooseModel([...candidates].reverse(), rules());
        expect(forwards.kind === 'chosen' && forwards.plan).toEqual(backwards.kind === 'chosen' && backwards.plan);
      }),
    );
  });

  test('a lower accepted risk never picks a riskier model', () => {
    fc.assert(
      fc.property(arbitrary, (rows) => {
        const candidates = build(rows);
        const riskOf = (risk: number) => {
          const choice = chooseModel(candidates, rules({ risk }));
          if (choice.kind === 'none' || choice.reason === 'best-worst-case') return undefined;
          return choice.considered.find((c) => c.modelId === choice.plan[0])?.risk;
        };
        const careful = riskOf(0.05);
        if (careful !== undefined && candidates.length > 1) expect(careful).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  test('every candidate is in the record exactly once', () => {
    fc.assert(
      fc.property(arbitrary, (rows) => {
        const candidates = build(rows);
        expect(chooseModel(candidates, rules()).considered.map((c) => c.modelId)).toEqual(
          candidates.map((c) => c.modelId),
        );
      }),
    );
  });
});
