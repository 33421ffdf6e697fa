import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatRequest, REPLY_HEADERS, utcDay } from '@pointsman/contracts';
import { sampleDecision } from '@pointsman/db/testing';
import { countRequestTokens, expectedCost, priceOn, priceText } from '@pointsman/model-catalog';
import { estimateFor } from '@pointsman/router-model';
import {
  certify,
  floorRuleOf,
  type IssuedCertificate,
  overallScore,
  pickForFloor,
  type ReplayRequest,
  UNKNOWN,
} from '@pointsman/router-model/floor';
import type OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkCertificates } from '../src/live/check-certificates.ts';
import { type Asking, askAndExplain } from './ask-and-explain.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { promptAbout, testRows, trainTestRouter } from './train-test-router.ts';

const SMALL = 'groq/llama-3.1-8b-instant';
const LARGE = 'openai/gpt-4.1';
const YAML = `
defaults: { retries: 0 }
models:
  ${SMALL}: { routerNames: [small] }
  ${LARGE}: { routerNames: [large] }
`;
const FLOOR = { kind: 'share-of-strongest', share: 0.9, confidence: 0.95 } as const;
const POLICY = { name: 'promised', allowedModels: [SMALL, LARGE], floor: FLOOR, weights: { factual_accuracy: 1 } };

let gateway: TestGateway;
let client: OpenAI;
let routerDir: string;
beforeAll(async () => {
  routerDir = await mkdtemp(join(tmpdir(), 'pointsman-floor-'));
  await trainTestRouter(routerDir);
  gateway = await start();
  client = connectOpenai(gateway);
});
afterEach(() => gateway.emulator.clear());
afterAll(async () => {
  await gateway.close();
  await rm(routerDir, { recursive: true, force: true });
});

const start = () =>
  startGateway({
    yaml: YAML,
    env: { POINTSMAN_ROUTER_DIR: routerDir },
    log: () => undefined,
    policies: [POLICY],
    client: { policy: POLICY.name },
  });
const ask = (topic: 'cooking' | 'contracts', asking: Asking = {}) =>
  askAndExplain(gateway, client, { messages: [{ role: 'user', content: promptAbout(topic) }], ...asking });

/** Rows that the router did not learn from, as the gateway would predict and price them. */
async function replay({ deps }: TestGateway): Promise<ReplayRequest[]> {
  const { catalog } = deps.pipeline.directory();
  const predictor = deps.pipeline.quality.predictor();
  if (predictor === undefined) throw new Error('no router is loaded');
  const models = catalog.models.filter(({ id }) => id === SMALL || id === LARGE);
  const requests: ReplayRequest[] = [];
  for (const [n, row] of testRows(600, 99).entries()) {
    const prediction = await predictor.predict(row.prompt, 10_000);
    const request: ChatRequest = { model: 'auto', messages: [{ role: 'user', content: row.prompt.text }] };
    const candidates = models.map((model) => {
      const estimate = estimateFor(model, prediction, predictor.manifest);
      const price = priceOn(model, utcDay(Date.now()));
      const observed = row.observations.find((observation) => observation.model === model.routerNames[0]);
      if (price === undefined || observed === undefined) throw new Error(`${model.id} has no price or no answer`);
      const tokens = { inputTokens: countRequestTokens(request), outputTokens: estimate.outputTokens };
      return {
        model: model.id,
        ...overallScore(estimate.scores, POLICY.weights),
        costNanoUsd: expectedCost(price, tokens),
        score: observed.scores.factual_accuracy ?? 0,
      };
    });
    const { domain = UNKNOWN, familiarity } = prediction;
    requests.push({ group: `${n}`, domain, familiarity, candidates });
  }
  return requests;
}

/** Certifies the policy as the command line would, and waits until the gateway knows. */
async function issue(on: TestGateway): Promise<{ id: string; issued: IssuedCertificate; requests: ReplayRequest[] }> {
  const requests = await replay(on);
  const routerVersion = on.deps.pipeline.manifest()?.version ?? 'none';
  const result = certify(requests, {
    floor: FLOOR,
    strongest: LARGE,
    evidence: { hash: 'sha256:0' },
    routerVersion,
    issuedAt: new Date().toISOString(),
    resamples: 20,
  });
  if (result.kind === 'refused') throw new Error(result.message);
  const { models } = on.deps.pipeline.directory().catalog;
  const priced = models.filter(({ id }) => result.certificate.models.includes(id));
  const prices = priced.flatMap((model) => {
    const price = priceOn(model, utcDay(Date.now()));
    return price === undefined ? [] : [[model.id, priceText(price)] as const];
  });
  const issued = { certificate: result.certificate, weights: POLICY.weights, prices: Object.fromEntries(prices) };
  const { certificates } = on.deps.repositories;
  const { id } = await certificates.issue({ clientId: null, policy: POLICY.name, routerVersion, body: issued });
  await vi.waitUntil(() => on.deps.pipeline.findCertificate(on.clientId, POLICY.name)?.id === id, { timeout: 5000 });
  return { id, issued, requests };
}

describe('a policy with a floor', () => {
  test('is served by the strongest model until a certificate is issued, and says that nothing is promised', async () => {
    const { decision, headers } = await ask('cooking');
    expect(decision).toMatchObject({
      modelId: LARGE,
      reason: 'floor-strongest',
      floor: { outcome: 'uncertified', why: 'no-certificate' },
      familiarity: expect.any(Number),
    });
    expect(headers.get(REPLY_HEADERS.floor)).toBe('uncertified');
  });

  test('then saves where the certificate allows it, until the traffic moves away', async () => {
    const { id, issued, requests } = await issue(gateway);
    const cooking = await ask('cooking');
    expect(cooking.decision).toMatchObject({
      modelId: SMALL,
      reason: 'certified-floor',
      floor: { certificateId: id, outcome: 'certified' },
    });
    expect(cooking.headers.get(REPLY_HEADERS.floor)).toBe('certified');
    expect((await ask('contracts')).decision).toMatchObject({
      modelId: LARGE,
      reason: 'floor-strongest',
      floor: { certificateId: id, outcome: 'certified' },
    });

    // Served as replayed: what was certified is what is done.
    const rule = floorRuleOf(issued.certificate);
    for (const [n, row] of testRows(600, 99).slice(0, 30).entries()) {
      const replayed = requests[n];
      const messages = [{ role: 'user' as const, content: row.prompt.text }];
      const { decision } = await askAndExplain(gateway, client, { messages });
      expect(replayed && pickForFloor(replayed, rule)).toEqual({ kind: 'certified', model: decision.modelId });
    }

    const drop = { floor: { certificateId: id, outcome: 'certified' as const }, clientId: gateway.clientId };
    const serve = (domain: string | undefined, familiarity: number) =>
      sampleDecision(Date.now(), { ...drop, domain, familiarity });
    const { decisions, certificates } = gateway.deps.repositories;
    const check = () =>
      checkCertificates({ certificates, now: Date.now, everyMs: 0, onExpired: ({ id: ended }) => expired.push(ended) });
    const expired: string[] = [];
    const same = requests.map(({ domain, familiarity }) => serve(domain === UNKNOWN ? undefined : domain, familiarity));
    await decisions.insertBatch(same);
    await check();
    expect(expired).toEqual([]);
    await decisions.insertBatch(Array.from({ length: 300 }, () => serve('travel', 0.01)));
    await check();
    expect(expired).toEqual([id]);

    await vi.waitUntil(() => gateway.deps.pipeline.findCertificate(gateway.clientId, POLICY.name)?.isActive === false);
    expect((await ask('cooking')).decision).toMatchObject({
      modelId: LARGE,
      reason: 'floor-strongest',
      floor: { outcome: 'uncertified', why: 'expired' },
    });
  });

  test('says what is left of the promise when the model it asks for fails or may not serve', async () => {
    const { id } = await issue(gateway);
    gateway.emulator.script({ match: { model: 'llama-3.1-8b-instant' }, fail: { status: 503 }, times: 1 });
    expect((await ask('cooking')).decision).toMatchObject({
      modelId: LARGE,
      reason: 'fallback',
      floor: { certificateId: id, outcome: 'escalated', why: 'fallback' },
    });
    expect((await ask('cooking', { pointsman: { models: [LARGE] } })).decision).toMatchObject({
      modelId: LARGE,
      floor: { certificateId: id, outcome: 'escalated', why: 'pick-cannot-serve' },
    });
    const onlySmall = await ask('contracts', { pointsman: { models: [SMALL] } });
    expect(onlySmall.decision).toMatchObject({
      modelId: SMALL,
      floor: { certificateId: id, outcome: 'uncertified', why: 'strongest-cannot-serve' },
    });
    const named = await ask('cooking', { model: SMALL });
    expect(named.decision).toMatchObject({ modelId: SMALL, reason: 'requested-model' });
    expect(named.decision.floor).toBeUndefined();
  });

  test('rides on the usage chunk of a stream and in the metrics', async () => {
    await issue(gateway);
    const stream = await client.chat.completions.create({
      model: 'auto',
      messages: [{ role: 'user', content: promptAbout('cooking') }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let last: object = {};
    for await (const chunk of stream) last = chunk;
    expect(last).toMatchObject({ pointsman: { floor: 'certified', reason: 'certified-floor' } });
    const metrics = await (await fetch(`${gateway.origin}/metrics`)).text();
    expect(metrics).toMatch(/pointsman_floor_decisions_total\{policy="promised",outcome="certified"\} \d+/);
  });

  test('is set over the admin API, whose description tells of it', async () => {
    const put = (policy: object) =>
      fetch(`${gateway.origin}/api/policies/guaranteed`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${gateway.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(policy),
      });
    const done = await put({ floor: FLOOR });
    expect([done.status, await done.json()]).toMatchObject([200, { floor: FLOOR, kind: 'minimise-cost' }]);
    const refused = await put({ floor: FLOOR, kind: 'maximise-quality' });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: 'floor' } }]);
    const description = await (await fetch(`${gateway.origin}/api/openapi.json`)).text();
    for (const told of ['share-of-strongest', 'uncertified', 'familiarity']) expect(description).toContain(told);
  });

  test('goes to the strongest when the router model does not answer', async () => {
    const broken = await start();
    onTestFinished(() => broken.close());
    const { id } = await issue(broken);
    await broken.deps.pipeline.quality.predictor()?.close();
    const messages = [{ role: 'user' as const, content: promptAbout('cooking') }];
    const { decision } = await askAndExplain(broken, connectOpenai(broken), { messages });
    expect(decision).toMatchObject({
      modelId: LARGE,
      reason: 'router-unavailable',
      outcome: 'answered',
      floor: { certificateId: id, outcome: 'uncertified', why: 'prediction-failed' },
    });
  });
});
