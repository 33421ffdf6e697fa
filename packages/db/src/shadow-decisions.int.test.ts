import { describe, expect, it } from 'vitest';
import type { ShadowDecision } from './shadow-decisions.ts';
import { sampleDecisionId } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const VERSIONS = { routerVersion: 'aaaaaaaaaaaa', shadowVersion: 'bbbbbbbbbbbb' };

const comparison = (n: number, over: Partial<ShadowDecision> = {}): ShadowDecision => ({
  decisionId: sampleDecisionId(Date.UTC(2026, 10, 21) + n),
  at: new Date(Date.UTC(2026, 10, 21) + n).toISOString(),
  policy: 'default',
  ...VERSIONS,
  modelId: 'p/large',
  mean: 0.75,
  spread: 0.125,
  costNanoUsd: 1_000_000 + n,
  shadowMean: 0.5,
  shadowSpread: 0.25,
  shadowModelId: 'p/small',
  shadowCostNanoUsd: 2 ** 40,
  ...over,
});

describe('shadow decisions', () => {
  it('come back as they were written, newest first, those of two versions together', async () => {
    const { shadowDecisions } = test.repositories();
    const one = comparison(1);
    const none = comparison(2, { shadowModelId: undefined, shadowCostNanoUsd: undefined });
    await shadowDecisions.add([one, none]);
    await shadowDecisions.add([comparison(3, { shadowVersion: 'cccccccccccc' })]);
    await shadowDecisions.add([]);
    expect(await shadowDecisions.list(VERSIONS)).toEqual([none, one]);
    expect(await shadowDecisions.list({ ...VERSIONS, shadowVersion: 'cccccccccccc' })).toHaveLength(1);
  });

  it('are kept up to a number: the oldest go', async () => {
    const { shadowDecisions } = test.repositories();
    for (let n = 10; n < 20; n += 2) await shadowDecisions.add([comparison(n), comparison(n + 1)], 4);
    const kept = await shadowDecisions.list(VERSIONS);
    expect(kept.map(({ costNanoUsd }) => costNanoUsd - 1_000_000)).toEqual([19, 18, 17, 16]);
  });

  it('of something that is no decision are not stored', async () => {
    const { shadowDecisions } = test.repositories();
    const versions = { routerVersion: 'dddddddddddd', shadowVersion: 'eeeeeeeeeeee' };
    await shadowDecisions.add([comparison(1, { ...versions, decisionId: 'dec_42' })]);
    expect(await shadowDecisions.list(versions)).toEqual([]);
  });

  it('do not move the configuration revision', async () => {
    const { shadowDecisions, configRevision } = test.repositories();
    const before = await configRevision();
    await shadowDecisions.add([comparison(99)]);
    expect(await configRevision()).toBe(before);
  });
});
