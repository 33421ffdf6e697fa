import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setShadowRouter } from '@pointsman/administration';
import type { CatalogDiffView, CatalogSyncView, CatalogView, RouterView } from '@pointsman/contracts';
import { shippedCatalog } from '@pointsman/model-catalog';
import { readManifest, shippedArtefactDir, storeArtefact } from '@pointsman/router-model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { trainTestRouter } from './train-test-router.ts';

let folder: string;
let gateway: TestGateway;
let shipped: string;
let stored: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pointsman-router-'));
  gateway = await startGateway();
  await trainTestRouter(folder);
  stored = (await storeArtefact(folder, gateway.deps.configuration.artefactsDir)).manifest.version;
  shipped = (await readManifest(shippedArtefactDir())).version;
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

const call = (method: string, path: string, body?: unknown, token = gateway.apiKey) =>
  fetch(`${gateway.origin}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
async function done<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await call(method, path, body);
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as T;
}
async function refusal(path: string, body: unknown): Promise<{ status: number; message: string }> {
  const response = await call('POST', path, body);
  const { error } = (await response.json()) as { error: { message: string } };
  return { status: response.status, message: error.message };
}

describe('who may not', () => {
  it.each([
    ['GET', '/router'],
    ['POST', '/router/activate'],
    ['POST', '/router/roll-back'],
    ['GET', '/catalog'],
    ['GET', '/catalog/diff?from=a&to=b'],
    ['POST', '/catalog/sync-preview'],
    ['POST', '/catalog/sync'],
    ['POST', '/catalog/activate'],
  ])('%s %s: a client', async (method, path) => {
    const { apiKey } = await gateway.addClient({ name: `${method} ${path}` });
    const bodies: Record<string, unknown> = {
      '/router/activate': { artefact: 'shipped' },
      '/catalog/activate': { version: 'a' },
      '/router/roll-back': {},
    };
    const body = method === 'GET' ? undefined : (bodies[path] ?? { content: {}, asOf: '2026-11-20', from: 'x' });
    expect((await call(method, path, body, apiKey)).status).toBe(403);
  });
});

describe('the router', () => {
  it('shows what serves and what could, with what their reports say', async () => {
    const view = await done<RouterView>('GET', '/router');
    expect(view).toMatchObject({ origin: 'shipped', served: shipped, loaded: shipped, history: [], problems: [] });
    expect(view.rollBackTo).toBeUndefined();
    const [first, second] = view.artefacts;
    expect(first).toMatchObject({ artefact: 'shipped', version: shipped, isServed: true });
    expect(first?.promotion?.kind).toBe('promote');
    expect(first?.metrics?.coverage[0]?.overall.interval).toBeDefined();
    expect(first?.metrics?.coverage.map(({ dimension }) => dimension)).toContain('factual_accuracy');
    expect(second).toMatchObject({ artefact: stored, version: stored, isServed: false, models: 2 });
    expect(second?.metrics).toBeUndefined();
    expect(second?.promotion).toBeUndefined();
  });

  it('does not serve what nobody evaluated, unless it is forced for a reason', async () => {
    expect(await refusal('/router/activate', { artefact: stored })).toMatchObject({
      status: 409,
      message: expect.stringContaining('it was not evaluated'),
    });
    expect((await refusal('/router/activate', { artefact: stored, force: true })).status).toBe(400);
    expect((await refusal('/router/activate', { artefact: '../elsewhere' })).status).toBe(404);
    const reason = 'for a test';
    const view = await done<RouterView>('POST', '/router/activate', { artefact: stored, force: true, reason });
    expect(view).toMatchObject({
      origin: 'chosen',
      served: stored,
      rollBackTo: {},
      history: [{ action: 'used', version: stored, reasons: [reason] }],
    });
    await vi.waitFor(() => expect(gateway.deps.pipeline.manifest()?.version).toBe(stored), { timeout: 5_000 });
  });

  it('holds what cannot be compared with what serves', async () => {
    expect(await refusal('/router/activate', { artefact: 'shipped' })).toMatchObject({
      status: 409,
      message: expect.stringContaining('shares no model'),
    });
  });

  it('rolls back, and there is an end to it', async () => {
    const view = await done<RouterView>('POST', '/router/roll-back', { reason: 'enough' });
    expect(view).toMatchObject({ origin: 'shipped', served: shipped });
    expect(view.history.map(({ action }) => action)).toEqual(['rolled-back', 'used']);
    await vi.waitFor(() => expect(gateway.deps.pipeline.manifest()?.version).toBe(shipped), { timeout: 5_000 });
    expect((await refusal('/router/roll-back', {})).status).toBe(409);
  });

  it('compares the shadow with what serves, and says when there is too little to say', async () => {
    const { repositories, configuration } = gateway.deps;
    const artefactDir = join(configuration.artefactsDir, stored);
    await setShadowRouter(repositories, { artefactDir, version: stored, share: 0.1 });
    await repositories.shadowDecisions.add([
      {
        decisionId: 'dec_01a1fd9308617964ac305edb16931e40',
        at: new Date().toISOString(),
        policy: 'default',
        routerVersion: shipped,
        shadowVersion: stored,
        modelId: 'a',
        mean: 0.5,
        spread: 0.1,
        costNanoUsd: 100,
        shadowMean: 0.6,
        shadowSpread: 0.1,
        shadowModelId: 'b',
        shadowCostNanoUsd: 50,
      },
    ]);
    const { shadow, artefacts } = await done<RouterView>('GET', '/router');
    expect(shadow).toMatchObject({ version: stored, share: 0.1, requests: 1, costDifferenceNanoUsd: { count: 1 } });
    expect(shadow?.disagreements).toEqual([{ modelId: 'a', shadowModelId: 'b', requests: 1 }]);
    expect(artefacts.find(({ isShadow }) => isShadow)?.version).toBe(stored);
  });
});

describe('the catalogue', () => {
  const before = shippedCatalog();
  const [first] = before.models;
  const renamed = {
    providers: before.providers,
    models: before.models.map((model) => (model.id === first?.id ? { ...model, name: 'Another name' } : model)),
  };
  const sync = { content: renamed, asOf: '2026-11-20', from: 'api.json' };

  it('is the shipped one at first', async () => {
    expect(await done<CatalogView>('GET', '/catalog')).toMatchObject({
      version: before.version,
      source: 'shipped',
      models: before.models.length,
      versions: [{ version: before.version, isActive: true, isShipped: true }],
    });
  });

  it('shows what a sync would change, changes it when told to, and can be set back', async () => {
    const preview = await done<CatalogSyncView>('POST', '/catalog/sync-preview', sync);
    expect(preview).toMatchObject({ applied: false, diff: { changed: [{ id: first?.id }] } });
    expect((await done<CatalogView>('GET', '/catalog')).version).toBe(before.version);
    const { applied, version } = await done<CatalogSyncView>('POST', '/catalog/sync', sync);
    expect(applied).toBe(true);
    const now = await done<CatalogView>('GET', '/catalog');
    expect(now).toMatchObject({
      version,
      source: 'synced',
      versions: [{ version, isActive: true }, { isShipped: true }],
    });
    const diff = await done<CatalogDiffView>('GET', `/catalog/diff?from=${before.version}&to=${version}`);
    expect(diff.changed[0]?.fields).toEqual([
      { field: 'name', before: JSON.stringify(first?.name), after: '"Another name"' },
    ]);
    const back = await done<CatalogView>('POST', '/catalog/activate', { version: before.version });
    expect(back).toMatchObject({ version: before.version, source: 'shipped' });
    expect(back.versions.map(({ version: each, isActive }) => [each, isActive])).toEqual([
      [before.version, true],
      [version, false],
    ]);
  });

  it('refuses content that is none, and versions that never were', async () => {
    expect((await refusal('/catalog/sync', { ...sync, content: { hello: 'world' } })).status).toBe(400);
    expect((await refusal('/catalog/activate', { version: 'ffffffffffff' })).status).toBe(404);
    expect((await call('GET', `/catalog/diff?from=ffffffffffff&to=${before.version}`)).status).toBe(404);
  });

  it('takes in a file that is larger than other bodies may be', async () => {
    const padded = { ...renamed, note: 'x'.repeat(3 * 1024 * 1024) };
    const response = await call('POST', '/catalog/sync-preview', { ...sync, content: padded });
    expect(response.status).not.toBe(413);
    expect((await call('POST', '/catalog/activate', { version: 'x'.repeat(3 * 1024 * 1024) })).status).toBe(413);
  });
});
