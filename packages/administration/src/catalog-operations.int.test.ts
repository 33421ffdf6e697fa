import { readFile } from 'node:fs/promises';
import type { Catalog } from '@pointsman/contracts';
import { repositories } from '@pointsman/db';
import { shippedCatalog } from '@pointsman/model-catalog';
import { requireShared, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findModel, showCatalog, syncCatalog } from './catalog-operations.ts';
import { ConfigurationError } from './configuration/config-problem.ts';
import type { Configuration } from './configuration/configuration.ts';
import { loadConfiguration } from './configuration/load-configuration.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

const shipped = shippedCatalog();
const first = shipped.models[0];
if (first === undefined) throw new Error('the shipped catalogue is empty');

/** The shipped catalogue without its version, changed. */
const changed = (models: Catalog['models']) => ({ providers: shipped.providers, models });
const renamed = (name: string) =>
  changed(shipped.models.map((model) => (model.id === first.id ? { ...model, name } : model)));
const sync = (content: unknown, more: { apply?: boolean; configuration?: Configuration } = {}) =>
  syncCatalog(storage, { content, asOf: '2026-11-20', from: 'test.json', ...more });

describe('the catalogue in use', () => {
  beforeEach(async () => {
    if ((await showCatalog(storage)).catalog.version !== shipped.version)
      await storage.catalogs.save(shipped, 'back to the start');
  });

  it('is the shipped one until another was taken in', async () => {
    expect((await showCatalog(storage)).catalog.version).toBe(shipped.version);
  });

  it('does not change when a sync only shows what it would do', async () => {
    const before = await storage.configRevision();
    const result = await sync(renamed('Another name'));
    expect(result).toMatchObject({ applied: false, diff: { fromVersion: shipped.version } });
    expect(result.diff.changed.map(({ id }) => id)).toEqual([first.id]);
    expect(result.text).toContain(first.id);
    expect(await storage.configRevision()).toBe(before);
  });

  it('changes when told to, and says where it came from', async () => {
    const before = await storage.configRevision();
    const { applied, catalog } = await sync(renamed('Another name'), { apply: true });
    expect(applied).toBe(true);
    expect(await showCatalog(storage)).toEqual({ catalog, source: 'synced' });
    expect((await storage.catalogs.list())[0]).toMatchObject({
      version: catalog.version,
      note: 'synced from test.json as of 2026-11-20',
    });
    expect(await storage.configRevision()).toBeGreaterThan(before);
  });

  it('is not saved again when nothing changes', async () => {
    expect(await sync(changed(shipped.models), { apply: true })).toMatchObject({
      applied: false,
      diff: { changed: [], added: [], removed: [] },
    });
  });

  it('refuses content that is no catalogue, saying what is wrong', async () => {
    await expect(sync({ hello: 'world' })).rejects.toMatchObject({ code: 'invalid_request' });
    const twice = changed([...shipped.models, first]);
    await expect(sync(twice)).rejects.toMatchObject({ message: expect.stringContaining(first.id) });
  });

  it('refuses one that the configuration does not fit', async () => {
    const text = `models: { "${first.id}": { status: deprecated } }`;
    const loaded = loadConfiguration({ env: {}, file: { path: 'pointsman.config.yaml', text } });
    if (!loaded.ok) throw new ConfigurationError(loaded.problems);
    const without = changed(shipped.models.filter(({ id }) => id !== first.id));
    await expect(sync(without, { apply: true, configuration: loaded.configuration })).rejects.toThrow(
      ConfigurationError,
    );
    expect((await showCatalog(storage)).catalog.version).toBe(shipped.version);
  });

  it('finds a model by id, and names the near ones otherwise', () => {
    expect(findModel(shipped, first.id)).toEqual(first);
    expect(() => findModel(shipped, `${first.id}x`)).toThrow(first.id);
  });
});

const published = requireShared('catalog/models-dev-2026-07-02.json');
describe.skipIf(!published.available)("models.dev's published file", () => {
  it('is taken in without providers that nobody can call, and keeps what it does not list', async () => {
    if (!published.available) return;
    const result = await sync(JSON.parse(await readFile(published.value, 'utf8')));
    const known = new Set(shipped.providers.map(({ id }) => id));
    expect(result.catalog.models.length).toBeGreaterThan(shipped.models.length / 2);
    expect(result.catalog.models.every(({ provider }) => known.has(provider))).toBe(true);
    expect(result.diff.removed).toEqual([]);
    expect(result.skipped.length).toBeGreaterThan(0);
  });
});
