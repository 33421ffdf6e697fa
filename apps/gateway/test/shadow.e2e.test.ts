import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setShadowRouter } from '@pointsman/administration';
import type { Decision } from '@pointsman/contracts';
import { readManifest, trainRouter, writeArtefact } from '@pointsman/router-model';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askAndExplain } from './ask-and-explain.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { promptAbout, testRows, trainTestRouter } from './train-test-router.ts';

const SMALL = 'groq/llama-3.1-8b-instant';
const LARGE = 'openai/gpt-4.1';
const YAML = `
models:
  ${SMALL}: { routerNames: [small] }
  ${LARGE}: { routerNames: [large] }
`;
const ASKING = { model: 'auto/two', pointsman: { min_score: { factual_accuracy: 0.6 } } };

/** A question about cooking whose tool has just answered. */
const TOOL_LOOP = [
  { role: 'user' as const, content: promptAbout('cooking') },
  {
    role: 'assistant' as const,
    tool_calls: [{ id: 'call_1', type: 'function' as const, function: { name: 'look_up', arguments: '{}' } }],
  },
  { role: 'tool' as const, tool_call_id: 'call_1', content: 'salt' },
];

let folder: string;
let gateway: TestGateway;
let versions: { routerVersion: string; shadowVersion: string };
const logged: string[] = [];
const shadowDir = () => join(folder, 'shadow');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pointsman-shadow-'));
  const routerDir = join(folder, 'router');
  await trainTestRouter(routerDir);
  // The shadow has seen the small model do everything.
  const generous = testRows(600, 5).map((row) => ({
    ...row,
    observations: row.observations.map((seen) => ({ ...seen, scores: { factual_accuracy: 1 } })),
  }));
  await writeArtefact(shadowDir(), await trainRouter(generous, { seed: 7, buckets: 1024, latent: 16, folds: 3 }));
  versions = {
    routerVersion: (await readManifest(routerDir)).version,
    shadowVersion: (await readManifest(shadowDir())).version,
  };
  gateway = await startGateway({
    yaml: YAML,
    env: { POINTSMAN_ROUTER_DIR: routerDir },
    log: (line) => logged.push(line),
    policies: [{ name: 'two', allowedModels: [SMALL, LARGE], minScores: {}, risk: 0.45 }],
  });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = async (topic: 'cooking' | 'contracts', change: object = {}): Promise<Decision> => {
  const messages = [{ role: 'user' as const, content: promptAbout(topic) }];
  return (await askAndExplain(gateway, connectOpenai(gateway), { ...ASKING, messages, ...change })).decision;
};
const compared = () => gateway.deps.repositories.shadowDecisions.list(versions);
const wanted = () => gateway.deps.pipeline.shadow.wants('dec_00000000000070008000000000000000');
const cast = async (share: number, artefactDir = shadowDir()) => {
  await setShadowRouter(gateway.deps.repositories, { artefactDir, version: versions.shadowVersion, share });
};

describe('a shadow artefact', () => {
  test('is asked about nothing while there is none', async () => {
    expect(wanted()).toBe(false);
    await ask('contracts');
    expect(await compared()).toEqual([]);
    expect(await gateway.deps.metrics.registry.metrics()).toContain('pointsman_shadow_decisions{result="agreed"} 0');
  });

  test('predicts beside the one in use, chooses nothing, and leaves both choices and both estimates', async () => {
    await cast(1);
    await vi.waitFor(() => expect(wanted()).toBe(true), 10_000);
    const [cooking, contracts] = [await ask('cooking'), await ask('contracts')];
    expect([cooking, contracts].map(({ modelId, routerVersion }) => [modelId, routerVersion])).toEqual([
      [SMALL, versions.routerVersion],
      [LARGE, versions.routerVersion],
    ]);
    await vi.waitFor(async () => expect(await compared()).toHaveLength(2), 10_000);
    const byId = new Map((await compared()).map((comparison) => [comparison.decisionId, comparison]));
    expect(byId.get(cooking.id)).toMatchObject({ modelId: SMALL, shadowModelId: SMALL, policy: 'two', ...versions });
    const other = byId.get(contracts.id) ?? expect.fail('the second request was not compared');
    expect(other).toMatchObject({ modelId: LARGE, shadowModelId: SMALL, at: contracts.at });
    const chosen = contracts.candidates.find(({ modelId }) => modelId === LARGE);
    expect(other.mean).toBeCloseTo(chosen?.overall?.mean ?? 0, 5);
    expect(other.costNanoUsd).toBe(chosen?.expectedCostNanoUsd);
    expect(other.shadowMean).toBeGreaterThan(other.mean);
    expect(other.shadowCostNanoUsd).toBeLessThan(other.costNanoUsd);
    const metrics = await gateway.deps.metrics.registry.metrics();
    expect(metrics).toContain('pointsman_shadow_decisions{result="agreed"} 1');
    expect(metrics).toContain('pointsman_shadow_decisions{result="differed"} 1');
    expect(metrics).toMatch(/pointsman_shadow_mean_difference\{of="cost_usd"\} -0\.0/);
  });

  test('leaves named models and conversations alone: their model is not the artefact’s choice', async () => {
    const before = (await compared()).length;
    await ask('contracts', { model: LARGE });
    const named = { pointsman: { ...ASKING.pointsman, session: 'a talk' } };
    const first = await ask('contracts', named);
    const again = await ask('cooking', { ...named, messages: TOOL_LOOP });
    expect(again).toMatchObject({ modelId: LARGE, reason: 'tool-loop' });
    await vi.waitFor(async () => expect(await compared()).toHaveLength(before + 2), 10_000);
    const ids = (await compared()).map(({ decisionId, modelId }) => [decisionId, modelId]);
    expect(ids).toEqual(
      expect.arrayContaining([
        [first.id, LARGE],
        [again.id, SMALL],
      ]),
    );
  });

  test('that fails delays and fails nothing: it is counted', async () => {
    const before = (await compared()).length;
    const { shadow } = gateway.deps.pipeline;
    const decision = await ask('cooking');
    await vi.waitFor(async () => expect(await compared()).toHaveLength(before + 1), 10_000);
    shadow.ask({
      decision,
      request: { model: 'auto', messages: [{ role: 'user', content: 'hello' }] },
      prediction: undefined as never,
      chooseOn: () => {
        throw new Error('broken');
      },
    });
    await vi.waitFor(async () => {
      const metrics = await gateway.deps.metrics.registry.metrics();
      expect(metrics).toContain('pointsman_shadow_decisions{result="failed"} 1');
    });
    expect(await compared()).toHaveLength(before + 1);
  });

  test('sees its share of the requests, told by their ids', async () => {
    await cast(0.1);
    await vi.waitFor(() => expect(gateway.deps.pipeline.shadow.wants(`dec_${'f'.repeat(32)}`)).toBe(false), 10_000);
    const { wants } = gateway.deps.pipeline.shadow;
    const sampled = Array.from({ length: 1_000 }, (_, n) => `dec_${(n * 4_294_968).toString(16).padStart(32, '0')}`);
    expect(sampled.filter((id) => wants(id))).toHaveLength(100);
  });

  test('that does not load leaves the one before in place and says so; off is off', async () => {
    await cast(1, join(folder, 'nowhere'));
    await vi.waitFor(() => expect(logged.join()).toMatch(/shadow artefact does not load/), 10_000);
    expect(wanted()).toBe(true);
    await setShadowRouter(gateway.deps.repositories, undefined);
    await vi.waitFor(() => expect(wanted()).toBe(false), 10_000);
    const before = (await compared()).length;
    expect((await ask('cooking')).outcome).toBe('answered');
    expect(await compared()).toHaveLength(before);
  });
});
