import type {
  CertificateView,
  ClientPolicy,
  Decision,
  DecisionExplanation,
  PolicyReplay,
  PolicyReplayRequest,
} from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiCall, callApi, signInAs } from './act-as.ts';
import { type Asking, askAndExplain } from './ask-and-explain.ts';
import { connectOpenai } from './connect-openai.ts';
import { sampleCertificate } from './sample-certificate.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

const DEFAULT = { name: 'default', minScores: { overall: 0.5 }, deniedModels: ['groq/*'] };
const TASKS = [
  'Translate "good morning" into Dutch.',
  'Prove that there are infinitely many primes.',
  'Write a haiku.',
];
const EXTRAS: Asking['pointsman'][] = [{}, { min_score: 0.65 }, { max_cost_usd: 0.0004 }, { max_latency_ms: 60_000 }];
const ROUNDS = 36;

let gateway: TestGateway;
let owner: ApiCall;
let member: ApiCall;
const asked: Decision[] = [];

beforeAll(async () => {
  gateway = await startGateway({ policies: [DEFAULT, { name: 'strict', minScores: { overall: 0.9 } }] });
  const { clientId } = gateway;
  const client = connectOpenai(gateway);
  for (let round = 0; round < ROUNDS; round += 1) {
    const asking: Asking = {
      model: round % 12 === 11 ? 'openai/gpt-4.1-nano' : 'auto',
      messages: [{ role: 'user', content: `${TASKS[round % TASKS.length]} (${round})` }],
      pointsman: { ...EXTRAS[round % EXTRAS.length], end_user: `user-${round % 2}`, tags: { team: 'a=b' } },
    };
    asked.push((await askAndExplain(gateway, client, asking)).decision);
  }
  owner = callApi(gateway, await signInAs(gateway, 'client-owner', clientId));
  member = callApi(gateway, await signInAs(gateway, 'client-member', clientId));
  await vi.waitFor(async () => {
    const { decisions } = await gateway.deps.repositories.decisions.list({ clientId, limit: 100 });
    expect(decisions).toHaveLength(ROUNDS);
  });
});
afterAll(() => gateway.close());

async function get<T>(path: string, call: ApiCall = owner): Promise<T> {
  const { status, body } = await call('GET', path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as T;
}

async function replay(policy: PolicyReplayRequest['policy'], more: Partial<PolicyReplayRequest> = {}) {
  const question = { client: gateway.clientId, policy, days: 2, ...more };
  const { status, body } = await member('POST', '/policies/replay', question);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as PolicyReplay;
}

describe('replaying a policy on real requests', () => {
  it('of itself chooses what was chosen, what a request asked of its own included, and changes nothing', async () => {
    const same = await replay(DEFAULT);
    expect(same).toMatchObject({ requests: ROUNDS, sampled: ROUNDS, used: ROUNDS - 3, trafficOf: 'default' });
    expect(same.skipped).toEqual([{ why: 'model-named', count: 3 }]);
    expect(same.agreement).toMatchObject({ share: { value: 1, count: ROUNDS - 3 }, differences: [] });
    expect(same.change.otherModel.value).toBe(0);
    expect(same.change.costPerRequestNanoUsd).toEqual({ value: 0, interval: { low: 0, high: 0 }, count: ROUNDS - 3 });
    expect(same.next).toEqual(same.now);
    const spent = asked.filter(({ requestedModel }) => requestedModel === 'auto').map(({ cost }) => cost);
    const mean = spent.reduce((sum, cost) => sum + (cost.status === 'unknown' ? 0 : cost.nanoUsd), 0) / spent.length;
    // What is predicted for the policy as it is, is what it cost.
    expect((same.now.costPerRequestNanoUsd.value ?? 0) / mean).toBeCloseTo(1, 3);
  });

  it('of a stricter one predicts better and dearer answers by other models, with intervals', async () => {
    const stricter = await replay({ ...DEFAULT, minScores: { overall: 0.7 } });
    expect(stricter.tooFew).toBe(false);
    expect(stricter.change.costPerRequestNanoUsd.value).toBeGreaterThan(0);
    expect(stricter.change.quality.value).toBeGreaterThan(0);
    expect(stricter.change.belowMinimum.value).toBeLessThan(0);
    expect(stricter.change.otherModel.value).toBeGreaterThan(0.2);
    const refusing = await replay({ ...DEFAULT, minScores: { overall: 0.999 }, risk: 0.001, strict: true });
    expect(refusing.next.refused.value).toBe(1);
    expect(refusing.next.quality).toEqual({ count: 0 });
    expect(refusing.next.models).toEqual([]);
  });

  it('lets models that were denied stand with their average, and says so', async () => {
    const { newlyAllowed, next } = await replay({
      name: 'default',
      minScores: { overall: 0.5 },
      allowedModels: ['groq/*'],
    });
    expect(newlyAllowed.length).toBeGreaterThan(0);
    expect(newlyAllowed.every(({ modelId }) => modelId.startsWith('groq/'))).toBe(true);
    expect(next.models.every(({ modelId }) => modelId.startsWith('groq/'))).toBe(true);
  });

  it('replays a new policy on the requests of the one the client uses, and refuses one that cannot be', async () => {
    expect(await replay({ name: 'fresh', kind: 'maximise-quality' })).toMatchObject({
      trafficOf: 'default',
      policy: 'fresh',
    });
    expect(await replay({ name: 'strict' })).toMatchObject({
      requests: 0,
      used: 0,
      tooFew: true,
      now: { quality: { count: 0 } },
    });
    const impossible = { client: gateway.clientId, policy: { name: 'p', weights: { tone: 0 } } };
    expect(await member('POST', '/policies/replay', impossible)).toMatchObject({ status: 400 });
    const elsewhere = { client: gateway.clientId, policy: { name: 'p' }, trafficOf: 'none' };
    expect(await member('POST', '/policies/replay', elsewhere)).toMatchObject({ status: 404 });
  });
});

describe('searching requests', () => {
  it('finds them by everything a record says', async () => {
    const total = async (query: string) => {
      const url = `/decisions?client=${gateway.clientId}&limit=100&${query}`;
      const { data } = await get<{ data: Decision[] }>(url);
      return data.length;
    };
    const [first] = asked;
    expect(await total('end_user=user-1')).toBe(ROUNDS / 2);
    expect(await total('tag=team=a%3Db')).toBe(ROUNDS);
    expect(await total('tag=team=other')).toBe(0);
    expect(await total(`key=${first?.keyId}`)).toBe(ROUNDS);
    expect(await total('policy=strict')).toBe(0);
    expect(await total('errors=true')).toBe(asked.filter(({ outcome }) => outcome === 'refused').length);
    expect(await total(`provider=${first?.provider}&model=${first?.modelId}`)).toBe(
      asked.filter(({ modelId }) => modelId === first?.modelId).length,
    );
    expect(await total('min_cost_usd=1000')).toBe(0);
    expect(await total(`id=${first?.id.slice(0, 22)}`)).toBe(1);
  });

  it('leaves out the bulk when asked to be brief, and refuses what is no filter', async () => {
    const { data } = await get<{ data: Decision[] }>(`/decisions?client=${gateway.clientId}&limit=1&brief=true`);
    expect(data[0]?.candidates.map(({ modelId }) => modelId)).toEqual([data[0]?.modelId]);
    for (const query of ['tag=team', 'min_cost_usd=-1', 'reason=because', 'id=dec_zz']) {
      expect((await owner('GET', `/decisions?${query}`)).status, query).toBe(400);
    }
  });
});

describe('the explanation of a request', () => {
  it('has every candidate, the bar, the costs and what was said of the reply', async () => {
    const decision = asked[1] as Decision;
    await connectOpenai(gateway).post('/pointsman/feedback', {
      body: { decision_id: decision.id, thumb: 'up', comment: '<b>good</b>' },
    });
    const explanation = await get<DecisionExplanation>(`/decisions/${decision.id}/explanation`);
    expect(explanation.decision.id).toBe(decision.id);
    expect(explanation.candidates).toHaveLength(decision.candidates.length);
    expect(explanation.candidates.find(({ answered }) => answered)).toMatchObject({ modelId: decision.modelId });
    expect(explanation.bar?.minScores.overall).toBe(0.65);
    expect(explanation.cost.ratio).toBeGreaterThan(0);
    expect(explanation.feedback).toMatchObject([{ thumb: 'up', comment: '<b>good</b>' }]);
    const stranger = callApi(gateway, (await gateway.addClient({ name: 'Other' })).apiKey);
    expect((await stranger('GET', `/decisions/${decision.id}/explanation`)).status).toBe(404);
  });
});

describe('policies', () => {
  it('shows members what holds for their client, and lets only its owner change it', async () => {
    const path = `/clients/${gateway.clientId}/policies`;
    const { data } = await get<{ data: ClientPolicy[] }>(path, member);
    expect(data.map(({ policy, isGlobal, isDefault }) => [policy.name, isGlobal, isDefault])).toEqual([
      ['default', true, true],
      ['strict', true, false],
    ]);
    const change = `/policies/strict?client=${gateway.clientId}`;
    const { name: _name, ...body } = { ...DEFAULT, risk: 0.05 };
    expect((await member('PUT', change, body)).status).toBe(403);
    expect((await owner('PUT', '/policies/strict', body)).status).toBe(403);
    expect((await owner('PUT', change, body)).status).toBe(200);
    const after = (await get<{ data: ClientPolicy[] }>(path, member)).data.find(
      ({ policy }) => policy.name === 'strict',
    );
    expect(after).toMatchObject({ isGlobal: false, policy: { risk: 0.05 } });
    expect((await member('DELETE', change)).status).toBe(403);
    expect((await owner('DELETE', change)).status).toBe(200);
  });

  it("shows the certificate of a floor, the client's own before everybody's", async () => {
    const { certificates } = gateway.deps.repositories;
    const path = `/policies/strict/certificate?client=${gateway.clientId}`;
    expect(await get(path)).toEqual({ certificate: null });
    const body = sampleCertificate();
    await certificates.issue({ clientId: null, policy: 'strict', routerVersion: '1', body });
    expect((await get<{ certificate: CertificateView }>(path)).certificate).toMatchObject({
      isGlobal: true,
      status: 'active',
      domains: [
        { domain: 'legal', certified: true },
        { domain: 'travel', certified: true },
      ],
    });
    await certificates.issue({ clientId: gateway.clientId, policy: 'strict', routerVersion: '1', body });
    expect((await get<{ certificate: CertificateView }>(path)).certificate.isGlobal).toBe(false);
  });
});
