import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CandidateRecord,
  type Decision,
  DIMENSIONS,
  REASONS,
  type Reason,
  type Removal,
} from '@pointsman/contracts';
import type OpenAI from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Asking, askAndExplain } from './ask-and-explain.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { promptAbout, trainTestRouter } from './train-test-router.ts';
import { UPSTREAM_MODELS } from './upstream-models.ts';

const SMALL = 'groq/llama-3.1-8b-instant';
const LARGE = 'openai/gpt-4.1';
/** The two models that the router of these tests knows, and one whose price begins in a distant future. */
const YAML = `
defaults: { retries: 0 }
models:
  ${SMALL}: { routerNames: [small] }
  ${LARGE}: { routerNames: [large] }
  openai/gpt-tomorrow:
    contextTokens: 8000
    prices: [{ from: 2999-01-01, inputUsdPerMtok: 1, outputUsdPerMtok: 1 }]
`;
const tool = {
  type: 'function' as const,
  function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
};
const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA==' } };

let gateway: TestGateway;
let client: OpenAI;
let routerDir: string;
const seenReasons = new Set<Reason>();
const decisionIds: string[] = [];
const logged: string[] = [];

beforeAll(async () => {
  routerDir = await mkdtemp(join(tmpdir(), 'pointsman-router-'));
  await trainTestRouter(routerDir);
  gateway = await startGateway({
    yaml: YAML,
    env: { POINTSMAN_ROUTER_DIR: routerDir },
    log: (line) => logged.push(line),
    policies: [
      { name: 'cheap', minScores: {} },
      { name: 'best', kind: 'maximise-quality', minScores: {} },
      { name: 'two', allowedModels: [SMALL, LARGE], minScores: {}, risk: 0.45 },
      { name: 'perfect', allowedModels: [SMALL, LARGE], minScores: { overall: 1 } },
      { name: 'strict', minScores: { overall: 1 }, strict: true },
    ],
  });
  client = connectOpenai(gateway);
});
afterEach(() => gateway.emulator.clear());
afterAll(async () => {
  await gateway.close();
  await rm(routerDir, { recursive: true, force: true });
});

async function ask(asking: Asking, headers?: Record<string, string>) {
  const explained = await askAndExplain(gateway, client, asking, headers);
  seenReasons.add(explained.decision.reason);
  decisionIds.push(explained.decision.id);
  return explained;
}

const about = (topic: 'cooking' | 'contracts'): ChatCompletionMessageParam[] => [
  { role: 'user', content: promptAbout(topic) },
];

function candidateOf(decision: Decision, modelId: string): CandidateRecord {
  const found = decision.candidates.find((candidate) => candidate.modelId === modelId);
  if (found === undefined) throw new Error(`${modelId} is no candidate of ${decision.id}`);
  return found;
}

describe('model "auto"', () => {
  test('is chosen under the client’s policy, and the decision says from what', async () => {
    const { reply, headers, decision } = await ask({ messages: about('cooking') });
    expect(reply?.choices[0]?.message.content).toContain('simmer');
    expect(headers.get('x-pointsman-model')).toBe(decision.modelId);
    expect(headers.get('x-pointsman-reason')).toBe(decision.reason);
    expect(headers.get('x-pointsman-router-version')).toBe(decision.routerVersion);
    expect(decision).toMatchObject({
      requestedModel: 'auto',
      policy: 'default',
      outcome: 'answered',
      choiceProbability: 1,
    });
    expect(decision.catalogVersion).toMatch(/^[0-9a-f]{12}$/);
    expect(decision.candidates.length).toBeGreaterThan(20);
    const learned = candidateOf(decision, SMALL);
    expect(learned.basis).toBe('learned');
    expect(Object.keys(learned.scores ?? {}).sort()).toEqual([...DIMENSIONS].sort());
    expect(learned.expectedCostNanoUsd).toBeGreaterThan(0);
    expect(learned.risk).toBeGreaterThanOrEqual(0);
    const unknown = candidateOf(decision, 'openai/gpt-4.1-nano');
    expect(unknown.basis).toBe('prior');
    expect(unknown.overall?.spread).toBeGreaterThan(learned.overall?.spread ?? 1);
    expect(decision.latency.overheadMs).toBeLessThanOrEqual(decision.latency.totalMs);
  });

  test('takes another policy when the request names one', async () => {
    const { decision } = await ask({ model: 'auto/cheap' });
    expect(decision).toMatchObject({ requestedModel: 'auto/cheap', policy: 'cheap', reason: 'cheapest-safe' });
    const costs = decision.candidates.flatMap((candidate) => candidate.expectedCostNanoUsd ?? []);
    expect(candidateOf(decision, decision.modelId ?? '').expectedCostNanoUsd).toBe(Math.min(...costs));
  });

  test('takes the cheap model for what it can do and the strong one for what it cannot', async () => {
    const asking = { model: 'auto/two', pointsman: { min_score: { factual_accuracy: 0.6 } } };
    const cooking = await ask({ ...asking, messages: about('cooking') });
    expect(cooking.decision).toMatchObject({ modelId: SMALL, reason: 'cheapest-safe' });
    const contracts = await ask({ ...asking, messages: about('contracts') });
    expect(contracts.decision).toMatchObject({ modelId: LARGE });
    expect(candidateOf(contracts.decision, SMALL)).toMatchObject({
      removedBy: 'min-score',
      detail: expect.stringContaining('risk'),
    });
  });

  test('escalates when the cheap model passes on its mean but not on its risk', async () => {
    const { decision } = await ask({ model: 'auto/two', messages: about('contracts') });
    const mean = candidateOf(decision, SMALL).scores?.factual_accuracy?.mean ?? 0;
    const min_score = { factual_accuracy: mean - 1e-6 };
    const escalated = await ask({ model: 'auto/two', messages: about('contracts'), pointsman: { min_score } });
    expect(escalated.decision).toMatchObject({ modelId: LARGE, reason: 'escalated-uncertain' });
  });

  test('takes the best worst case when nobody is safe, and nobody when the policy is strict', async () => {
    const lenient = await ask({ model: 'auto/perfect', messages: about('contracts') });
    expect(lenient.decision).toMatchObject({ modelId: LARGE, reason: 'best-worst-case' });
    const strict = await ask({ model: 'auto/strict' });
    expect(strict.error).toMatchObject({
      status: 422,
      code: 'no_eligible_model',
      message: expect.stringContaining('The policy is strict.'),
    });
    expect(strict.decision).toMatchObject({
      outcome: 'refused',
      errorCode: 'no_eligible_model',
      reason: 'not-routed',
      cost: { status: 'exact', nanoUsd: 0 },
    });
    expect(strict.decision.candidates.length).toBeGreaterThan(20);
  });

  test('takes the highest quality when the policy says so', async () => {
    const { decision } = await ask({ model: 'auto/best' });
    expect(decision.reason).toBe('highest-quality');
    const means = decision.candidates.flatMap((candidate) => candidate.overall?.mean ?? []);
    expect(candidateOf(decision, decision.modelId ?? '').overall?.mean).toBe(Math.max(...means));
  });

  test('is no choice where only one model can serve', async () => {
    const { decision } = await ask({ pointsman: { models: [UPSTREAM_MODELS.mistral] } });
    expect(decision).toMatchObject({ modelId: UPSTREAM_MODELS.mistral, reason: 'only-candidate' });
  });

  test('falls back along the plan when the first choice fails before its first chunk', async () => {
    const first = await ask({ model: 'auto/two' });
    expect(first.decision.modelId).toBe(SMALL);
    gateway.emulator.script({ match: { model: 'llama-3.1-8b-instant' }, fail: { status: 503 }, times: 1 });
    const { decision, headers } = await ask({ model: 'auto/two' });
    expect(decision).toMatchObject({ modelId: LARGE, reason: 'fallback', outcome: 'answered' });
    expect(decision.attempts).toMatchObject([
      { modelId: SMALL, outcome: 'failed', failure: 'transient' },
      { modelId: LARGE, outcome: 'answered' },
    ]);
    expect(headers.get('x-pointsman-attempts')).toBe('2');
  });

  test('falls back when the error hides in the first chunk of a stream', async () => {
    gateway.emulator.script({ match: { model: 'llama-3.1-8b-instant' }, errorInFirstChunk: true, times: 1 });
    const request = { model: 'auto/two', messages: about('cooking'), stream: true as const };
    const { data, response } = await client.chat.completions.create(request).withResponse();
    let text = '';
    for await (const chunk of data) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toContain('simmer');
    expect(response.headers.get('x-pointsman-model')).toBe(LARGE);
    expect(response.headers.get('x-pointsman-reason')).toBe('fallback');
  });
});

describe('a named model', () => {
  test('is taken as it is named, whatever its scores', async () => {
    const { decision } = await ask({ model: LARGE, pointsman: { min_score: 1 } });
    expect(decision).toMatchObject({ modelId: LARGE, reason: 'requested-model', outcome: 'answered' });
  });

  test('falls back to the others that the request names, in their order', async () => {
    gateway.emulator.script({ match: { model: 'gpt-4.1-mini' }, fail: { status: 500 }, times: 1 });
    const { decision } = await ask({ model: 'openai/gpt-4.1-mini', models: [UPSTREAM_MODELS.anthropic, SMALL] });
    expect(decision).toMatchObject({ modelId: UPSTREAM_MODELS.anthropic, reason: 'fallback' });
  });
});

describe('a session', () => {
  const inLoop = (id: string): ChatCompletionMessageParam[] => [
    { role: 'user', content: 'What is the weather?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: id, content: 'Rain' },
  ];

  test('keeps its model while a switch would not pay', async () => {
    const asking = { model: 'auto/two', pointsman: { session: 'sticky' } };
    const first = await ask(asking);
    const second = await ask(asking);
    expect(second.decision).toMatchObject({
      modelId: first.decision.modelId,
      reason: 'session-sticky',
      session: 'sticky',
    });
  });

  test('moves to another model when its own may not serve any more', async () => {
    await ask({ model: 'auto/two', pointsman: { session: 'moving', models: [LARGE] } });
    const { decision } = await ask({ model: 'auto/two', pointsman: { session: 'moving', models: [SMALL] } });
    expect(decision).toMatchObject({ modelId: SMALL, reason: 'session-switched' });
  });

  test('never changes models inside a tool loop, even if nobody named the session', async () => {
    const tools = [tool];
    await ask({ model: LARGE, tools, messages: [{ role: 'user', content: 'What is the weather?' }] });
    const { decision } = await ask({ model: 'auto/cheap', tools, messages: inLoop('call_1') });
    expect(decision).toMatchObject({ modelId: LARGE, reason: 'tool-loop' });
  });

  test.each(['session_id', 'x-session-id', 'x-claude-code-session-id', 'x-pointsman-session'])(
    'is named by the header %s',
    async (header) => {
      const { decision } = await ask({ model: 'auto/two' }, { [header]: `named by ${header}` });
      expect(decision.session).toBe(`named by ${header}`);
    },
  );
});

describe('the constraints of one request', () => {
  /** Each as the body's field and as the header that says the same. */
  const constraints: [string, Asking['pointsman'], Record<string, string>, (decision: Decision) => void][] = [
    [
      'a region',
      { region: 'eu' },
      { 'x-pointsman-region': 'eu' },
      (decision) => {
        expect(decision.provider).toBe('mistral');
        expect(candidateOf(decision, LARGE)).toMatchObject({
          removedBy: 'region',
          detail: expect.stringContaining('eu'),
        });
      },
    ],
    [
      'patterns of models',
      { models: ['anthropic/*'] },
      { 'x-pointsman-models': 'anthropic/*' },
      (decision) =>
        expect(new Set(decision.candidates.map(({ modelId }) => modelId.split('/')[0]))).toEqual(
          new Set(['anthropic']),
        ),
    ],
    [
      'a ceiling on cost',
      { max_cost_usd: 0.000_3 },
      { 'x-pointsman-max-cost-usd': '0.0003' },
      (decision) => {
        expect(candidateOf(decision, decision.modelId ?? '').expectedCostNanoUsd).toBeLessThanOrEqual(300_000);
        expect(candidateOf(decision, 'openai/gpt-4')).toMatchObject({
          removedBy: 'max-cost',
          detail: expect.stringContaining('ceiling $0.0003'),
        });
      },
    ],
    [
      'a minimum score',
      { min_score: { factual_accuracy: 0.99, overall: 0.2 } },
      { 'x-pointsman-min-score': 'factual_accuracy=0.99,overall=0.2' },
      (decision) => expect(candidateOf(decision, SMALL).removedBy).toBe('min-score'),
    ],
    [
      'an end user and tags',
      { end_user: 'ada', tags: { team: 'search', env: 'prod' } },
      { 'x-pointsman-end-user': 'ada', 'x-pointsman-tags': 'team=search,env=prod' },
      (decision) => expect(decision).toMatchObject({ endUser: 'ada', tags: { team: 'search', env: 'prod' } }),
    ],
  ];

  test.each(constraints)('hold %s, in the body and as a header', async (_what, pointsman, headers, check) => {
    const model = 'auto/cheap';
    check((await ask({ model, pointsman: pointsman ?? {} })).decision);
    check((await ask({ model }, headers)).decision);
  });

  test('may come in OpenRouter’s words', async () => {
    const only = await ask({ model: 'auto/cheap', provider: { only: ['anthropic'] } });
    expect(only.decision.provider).toBe('anthropic');
    const ignore = await ask({ model: 'auto/two', provider: { ignore: ['groq'] } });
    expect(ignore.decision.modelId).toBe(LARGE);
    const cheap = await ask({ model: 'auto/best', provider: { max_price: { prompt: 0.06, completion: 0.1 } } });
    expect(candidateOf(cheap.decision, LARGE).removedBy).toBe('max-cost');
  });

  test('hold a ceiling on latency, by what the gateway has measured', async () => {
    const model = 'openai/gpt-4.1-nano';
    gateway.emulator.script({ match: { model: 'gpt-4.1-nano' }, latencyMs: 40 });
    await Promise.all(Array.from({ length: 20 }, () => ask({ model })));
    const { decision } = await ask({ model: 'auto/cheap', pointsman: { max_latency_ms: 30, models: [model, SMALL] } });
    expect(decision.modelId).toBe(SMALL);
    expect(candidateOf(decision, model)).toMatchObject({
      removedBy: 'max-latency',
      detail: expect.stringContaining('ceiling 30 ms'),
    });
    expect(candidateOf(decision, model).latencyP95Ms).toBeGreaterThanOrEqual(40);
  });
});

describe('what a request needs', () => {
  const needs: [Removal, string, Asking][] = [
    ['modality', SMALL, { messages: [{ role: 'user', content: [image] }] }],
    ['tools', 'openai/gpt-3.5-turbo', { tools: [tool] }],
    [
      'structured-output',
      SMALL,
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'x', schema: { type: 'object', properties: {}, additionalProperties: false } },
        },
      },
    ],
    ['unsupported-parameter', UPSTREAM_MODELS.anthropic, { logprobs: true }],
    ['context-length', 'openai/gpt-4', { messages: [{ role: 'user', content: 'word '.repeat(9000) }] }],
    ['output-length', 'openai/gpt-4o', { max_completion_tokens: 20_000 }],
    ['price-unknown', 'openai/gpt-tomorrow', {}],
  ];

  test.each(needs)('removes by %s a model that lacks it, and another answers', async (removal, modelId, asking) => {
    const { decision, error } = await ask({ model: 'auto/cheap', ...asking });
    expect(error).toBeUndefined();
    expect(candidateOf(decision, modelId)).toMatchObject({ removedBy: removal, detail: expect.any(String) });
    expect(decision.modelId).not.toBe(modelId);
  });

  test('removes a model whose circuit breaker is open, until nothing else is left', async () => {
    const model = 'mistral/mistral-nemo';
    gateway.emulator.script({ match: { model: 'mistral-nemo' }, fail: { status: 500 }, times: 8 });
    for (let call = 0; call < 8; call += 1) await ask({ model });
    const { decision } = await ask({ model: 'auto/cheap', pointsman: { models: [model, SMALL] } });
    expect(candidateOf(decision, model).removedBy).toBe('unhealthy');
    const alone = await ask({ model });
    expect(alone.decision.attempts).toHaveLength(1);
    expect(alone.error?.message).toContain('circuit open');
  });
});

describe('x-pointsman-ignored', () => {
  const asking = { frequency_penalty: 0.5, store: true };

  test('names the fields that the model’s provider does not honour, and those are not sent', async () => {
    const { headers, decision } = await ask({ model: UPSTREAM_MODELS.anthropic, ...asking });
    expect(headers.get('x-pointsman-ignored')?.split(', ').sort()).toEqual(['frequency_penalty', 'store']);
    expect([...decision.ignored].sort()).toEqual(['frequency_penalty', 'store']);
    expect(gateway.emulator.requests[0]?.body).not.toHaveProperty('frequency_penalty');
  });

  test('names what is sent in another form', async () => {
    const { headers } = await ask({ model: UPSTREAM_MODELS.mistral, temperature: 1.9 });
    expect(headers.get('x-pointsman-ignored')).toMatch(/temperature:clamped-to-1/);
    expect(gateway.emulator.requests[0]?.body).toHaveProperty('temperature');
  });

  test('is absent where everything is honoured', async () => {
    const { headers } = await ask({ model: UPSTREAM_MODELS.openai, ...asking });
    expect(headers.has('x-pointsman-ignored')).toBe(false);
    expect(gateway.emulator.requests[0]?.body).toMatchObject(asking);
  });

  test('rides on the usage chunk of a stream', async () => {
    const stream = await client.chat.completions.create({
      model: UPSTREAM_MODELS.anthropic,
      messages: about('cooking'),
      frequency_penalty: 0.5,
      stream: true,
      stream_options: { include_usage: true },
    });
    let last: object = {};
    for await (const chunk of stream) last = chunk;
    expect(last).toMatchObject({ pointsman: { ignored: ['frequency_penalty'] } });
  });
});

describe('a router model that does not answer', () => {
  test('fails no request: benchmark averages stand in and the reason says so', async () => {
    const broken = await startGateway({ yaml: YAML, env: { POINTSMAN_ROUTER_DIR: routerDir }, log: () => undefined });
    onTestFinished(() => broken.close());
    await broken.deps.pipeline.quality.predictor()?.close();
    const { decision } = await askAndExplain(broken, connectOpenai(broken), { pointsman: { models: [SMALL, LARGE] } });
    seenReasons.add(decision.reason);
    expect(decision).toMatchObject({ outcome: 'answered', reason: 'router-unavailable' });
    expect(candidateOf(decision, LARGE).basis).toBe('benchmark-average');
  });
});

describe('the exact cache', () => {
  test('answers the same request again, for nothing, plain and as a stream', async () => {
    const { apiKey } = await gateway.addClient({ name: 'caching', cache: { enabled: true, ttlSeconds: 60 } });
    const caching = { ...gateway, apiKey };
    const own = connectOpenai(caching);
    const first = await askAndExplain(caching, own, { model: 'auto/cheap' });
    const again = await askAndExplain(caching, own, { model: 'auto/cheap' });
    expect(first.decision).toMatchObject({ cache: 'miss', outcome: 'answered' });
    expect(again.decision).toMatchObject({
      cache: 'hit',
      outcome: 'cached',
      reason: 'cache-hit',
      cost: { status: 'exact', nanoUsd: 0 },
      attempts: [],
    });
    seenReasons.add(again.decision.reason);
    expect(again.reply?.choices).toEqual(first.reply?.choices);
    expect(again.headers.get('x-pointsman-cost-usd')).toBe('0');
    const stream = await own.chat.completions.create({
      model: 'auto/cheap',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let last: object = {};
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      last = chunk;
    }
    expect(text).toBe(first.reply?.choices[0]?.message.content);
    expect(last).toMatchObject({ choices: [], pointsman: { cache: 'hit', reason: 'cache-hit' } });
    expect(gateway.emulator.requests).toHaveLength(1);
    const off = await askAndExplain(caching, own, { model: 'auto/cheap', pointsman: { cache: 'off' } });
    expect(off.decision.cache).toBe('off');
  });
});

describe('all of the above', () => {
  test('has given every reason there is but those of a floor, which `floor.e2e.test.ts` gives', () => {
    const ofFloors: readonly Reason[] = ['certified-floor', 'floor-strongest'];
    expect([...seenReasons].sort()).toEqual(REASONS.filter((reason) => !ofFloors.includes(reason)).sort());
  });

  test('has left one record for each request in the database', async () => {
    const { decisions } = gateway.deps.repositories;
    expect(new Set(decisionIds).size).toBe(decisionIds.length);
    for (const id of decisionIds) {
      const stored = await vi.waitUntil(() => decisions.get(id), { timeout: 5000, interval: 20 });
      expect(stored).toMatchObject({ id, clientId: gateway.clientId });
    }
    expect(logged.filter((line) => !line.includes('request failed'))).toEqual([]);
  });
});
