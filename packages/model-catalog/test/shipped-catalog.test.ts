import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import snapshot from '../src/data/catalog.snapshot.json' with { type: 'json' };
import routerNames from '../src/data/router-names.json' with { type: 'json' };
import {
  applySync,
  diffCatalogs,
  meterCost,
  parseCatalog,
  readModelsDev,
  resolveModel,
  shippedCatalog,
  shippedProviders,
} from '../src/index.ts';

const folder = process.env.POINTSMAN_SHARED_DIR ?? new URL('../../../../shared', import.meta.url).pathname;
const modelsDevFile = `${folder}/catalog/models-dev-2026-07-02.json`;
const available = existsSync(modelsDevFile);
const catalog = shippedCatalog();
const model = (name: string) => {
  const resolution = resolveModel(catalog, name);
  if (resolution.kind !== 'found') throw new Error(`${name}: ${resolution.kind}`);
  return resolution.model;
};

describe('the shipped catalogue', () => {
  it('is checked once and is the same every time', () => {
    expect(shippedCatalog()).toBe(catalog);
    expect(parseCatalog(catalog)).toEqual(catalog);
  });

  it('has models of every hosted provider and none of a local one', () => {
    const served = new Set(catalog.models.map(({ provider }) => provider));
    for (const { id, needsKey } of shippedProviders()) expect([id, served.has(id)]).toEqual([id, needsKey]);
  });

  it('says of every provider which variable holds its key and which its address', () => {
    for (const provider of shippedProviders()) {
      expect(provider.keyEnv.length).toBeGreaterThan(0);
      expect(provider.baseUrlEnv).toMatch(/^[A-Z]+_BASE_URL$/);
      expect(provider.baseUrl).not.toMatch(/\/$/);
    }
  });

  it('bills published prices', () => {
    const million = { inputTokens: 100_000, outputTokens: 1_000_000 };
    const dollars = (name: string) => {
      const cost = meterCost(million, model(name), '2026-11-20');
      return cost.status === 'exact' ? cost.nanoUsd / 1e9 : cost.status;
    };
    expect(dollars('gpt-4o')).toBe(10.25);
    expect(dollars('claude-haiku-4-5')).toBe(5.1);
    expect(dollars('mistral-small-latest')).toBe(0.615);
    expect(dollars('llama-3.1-8b-instant')).toBe(0.085);
  });

  it('knows no price for a day before its source was published', () => {
    expect(meterCost({ inputTokens: 1, outputTokens: 1 }, model('gpt-4o'), '2026-07-01').status).toBe('unknown');
  });

  it('keeps every model that has a router name', () => {
    for (const [id, names] of Object.entries(routerNames)) expect(model(id).routerNames).toEqual(names);
  });

  it('names its source', () => {
    expect(snapshot.attribution).toContain('models.dev');
  });
});

describe.skipIf(!available && process.env.POINTSMAN_REQUIRE_ALL !== '1')(
  `the published file (${available ? 'there' : 'needs the shared data: skipped'})`,
  () => {
    const json: unknown = available ? JSON.parse(readFileSync(modelsDevFile, 'utf8')) : {};

    it('is there', () => {
      expect(available, `no ${modelsDevFile}`).toBe(true);
    });

    it('gives the snapshot that is shipped', () => {
      const providers = shippedProviders().filter(({ needsKey }) => needsKey);
      const reading = readModelsDev(json, { asOf: snapshot.asOf, providers: providers.map(({ id }) => id) });
      expect(reading.models).toEqual(catalog.models);
    });

    it('is read whole: every listed model is taken or skipped with a reason', () => {
      const reading = readModelsDev(json, { asOf: '2026-07-02' });
      const listed = Object.values(json as Record<string, { models: object }>).flatMap(({ models }) =>
        Object.keys(models),
      );
      expect(reading.models.length + reading.skipped.length).toBe(listed.length);
      for (const { why } of reading.skipped) expect(why.length).toBeGreaterThan(5);
      expect(reading.models.length).toBeGreaterThan(200);
      for (const { prices, kind } of reading.models) {
        expect(prices[0]?.inputMicroUsdPerMtok).toBeGreaterThan(0);
        if (kind === 'chat') expect(prices[0]?.outputMicroUsdPerMtok).toBeGreaterThan(0);
      }
    });

    it('changes nothing when synced into the catalogue made from it', () => {
      const after = applySync(catalog, catalog.models, '2026-08-01');
      expect(diffCatalogs(catalog, after).changed).toEqual([]);
      expect(after.version).toBe(catalog.version);
    });

    it('names only models that the evaluations know', () => {
      const known = JSON.parse(readFileSync(`${folder}/data/router/models.json`, 'utf8'));
      for (const name of Object.values(routerNames).flat()) expect(known).toHaveProperty([name]);
    });
  },
);
