import { SAMPLE_RATERS, storeSampleBenchmark, storeSampleJudging, storeSampleRun } from '@pointsman/annotation/testing';
import type {
  Agreement,
  BenchmarkList,
  CaseDetail,
  ComparedItems,
  ItemDetail,
  Role,
  RunDetail,
} from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const PASSWORD = 'a long enough password';
const ROLES = [
  'operator',
  'customer-success',
  'client-owner',
  'client-member',
  'annotator',
] as const satisfies readonly Role[];

let gateway: TestGateway;
let other: TestClient;
let runId: string;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  gateway = await startGateway();
  other = await gateway.addClient({ name: 'other' });
  const { repositories } = gateway.deps;
  // The production case is the other client's.
  const { first, second } = await storeSampleBenchmark(repositories, other.clientId);
  ({ runId } = await storeSampleRun(repositories, second));
  await storeSampleJudging(repositories, first.cases);
  for (const role of ROLES) {
    const email = `${role}@pointsman.example`;
    const clientId = role.startsWith('client-') ? gateway.clientId : undefined;
    await repositories.users.create({ email, password: PASSWORD, role, ...(clientId && { clientId }) });
    const session = await repositories.users.signIn(email, PASSWORD, Date.now());
    tokens.set(role, session?.token ?? '');
  }
});
afterAll(() => gateway.close());

const ask = (path: string, token: string) =>
  fetch(`${gateway.origin}/api${path}`, { headers: { authorization: `Bearer ${token}` } });
async function read<T>(path: string, token: string): Promise<T> {
  const response = await ask(path, token);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await response.json()) as T;
}
const as = (role: Role): string => tokens.get(role) ?? '';

const PATHS = () => [
  '/benchmarks',
  '/benchmarks/sample/versions/2',
  '/benchmarks/sample/versions/2/cases?domain=legal',
  '/benchmarks/sample/versions/2/cases/case-004',
  '/benchmarks/sample/diff?from=1&to=2',
  '/agreement',
  '/calibrations',
  '/runs',
  `/runs/${runId}`,
  `/runs/${runId}/items`,
  `/runs/${runId}/items/case-004`,
];

describe('what benchmarks and reports hold', () => {
  it.each(ROLES.filter((role) => role !== 'annotator'))('is open to %s', async (role) => {
    for (const path of PATHS()) await read(path, as(role));
  });

  it('is closed to annotators, who stay blind, but for the rubrics', async () => {
    for (const path of PATHS())
      expect({ path, status: (await ask(path, as('annotator'))).status }).toEqual({ path, status: 403 });
    const { data } = await read<{ data: unknown[] }>('/rubrics', as('annotator'));
    expect(data).toHaveLength(6);
  });

  it('is closed to strangers', async () => {
    for (const path of [...PATHS(), '/rubrics']) expect((await ask(path, 'nobody')).status).toBe(401);
  });

  it('is described', async () => {
    const described = (await (await ask('/openapi.json', as('operator'))).json()) as { paths: object };
    expect(Object.keys(described.paths)).toEqual(
      expect.arrayContaining([
        '/runs/{id}/items/{caseId}',
        '/benchmarks/{name}/diff',
        '/agreement',
        '/calibrations',
        '/rubrics',
      ]),
    );
  });
});

describe("another client's production case", () => {
  const SECRET = 'production-900';
  const places = () => [`/benchmarks/sample/versions/2/cases/${SECRET}`, `/runs/${runId}/items/${SECRET}`];

  it.each(['client-owner', 'client-member'] as const)('does not exist for %s', async (role) => {
    for (const path of places()) expect((await ask(path, as(role))).status).toBe(404);
    for (const path of [
      ...PATHS(),
      '/benchmarks/sample/versions/2/cases?search=secret',
      `/runs/${runId}/items?limit=200`,
    ])
      expect(await (await ask(path, as(role))).text()).not.toContain(SECRET);
  });

  it('is there for its own client and for operators', async () => {
    for (const path of places())
      for (const token of [as('operator'), other.apiKey])
        expect(await (await ask(path, token)).text()).toContain(SECRET);
  });
});

describe('raters', () => {
  it('are named to operators only', async () => {
    const ready = async (role: Role) => {
      let found = await read<Agreement>('/agreement', as(role));
      while (found.status === 'computing') found = await read<Agreement>('/agreement', as(role));
      return JSON.stringify(found);
    };
    expect(await ready('operator')).toContain(SAMPLE_RATERS[0]);
    for (const role of ['client-owner', 'customer-success'] as const) {
      const told = await ready(role);
      expect(told).not.toContain('raters.example');
      expect(told).toContain('"R3"');
    }
  });
});

describe('the answers', () => {
  it('tell versions, cases, runs and both replies', async () => {
    const token = as('client-member');
    const { data } = await read<BenchmarkList>('/benchmarks', token);
    expect(data[0]?.versions.map(({ version }) => version)).toEqual([2, 1]);
    const found = await read<CaseDetail>('/benchmarks/sample/versions/2/cases/case-001', token);
    expect(found.history.map(({ action }) => action)).toEqual(['changed', 'added']);
    const run = await read<RunDetail>(`/runs/${runId}`, token);
    expect(run.sides[0]?.report?.verdict).toBe('regression');
    const items = await read<ComparedItems>(`/runs/${runId}/items?metric=factual_accuracy&move=worse&limit=5`, token);
    expect(items.data).toHaveLength(5);
    const item = await read<ItemDetail>(`/runs/${runId}/items/${items.data[0]?.caseId}`, token);
    expect(item.baseline?.item?.verdicts.factual_accuracy.status).toBe('scored');
  });

  it('refuse what makes no sense, and say what', async () => {
    for (const path of [
      `/runs/${runId}/items?metric=beauty`,
      '/benchmarks/sample/diff?from=0&to=2',
      '/runs?limit=1000',
    ])
      expect({ path, status: (await ask(path, as('operator'))).status }).toEqual({ path, status: 400 });
    for (const path of ['/runs/run_none', '/benchmarks/none/versions/1', '/benchmarks/sample/versions/7/cases'])
      expect({ path, status: (await ask(path, as('operator'))).status }).toEqual({ path, status: 404 });
  });
});
