import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleModel, samplePrice, sampleProvider } from '../test/sample-models.ts';
import { CatalogError, catalogVersion, parseCatalog } from './index.ts';

function problemsOf(content: unknown): Record<string, string> {
  try {
    parseCatalog(content);
  } catch (error) {
    if (error instanceof CatalogError)
      return Object.fromEntries(error.problems.map(({ path, message }) => [path, message]));
    throw error;
  }
  return {};
}

describe('parseCatalog', () => {
  it('fills in defaults and addresses the content', () => {
    const { regions: _, routerNames: __, ...sparse } = sampleModel();
    const catalog = parseCatalog({
      providers: [{ id: 'acme', name: 'Acme', format: 'openai', baseUrl: 'https://models.invalid/v1' }],
      models: [sparse],
    });
    expect(catalog.models[0]?.regions).toEqual(['global']);
    expect(catalog.providers[0]?.quirks.maxTokensField).toBe('max_completion_tokens');
    expect(catalog.version).toBe(parseCatalog({ providers: catalog.providers, models: catalog.models }).version);
    expect(catalog.version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('accepts its own result, version and all', () => {
    const catalog = sampleCatalog(sampleModel());
    expect(parseCatalog(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
  });

  it('names every problem at once', () => {
    const tier = { inputMicroUsdPerMtok: 1, outputMicroUsdPerMtok: 1 };
    const content = {
      providers: [sampleProvider('acme'), sampleProvider('acme'), { ...sampleProvider('other'), baseUrl: 'nowhere' }],
      models: [
        sampleModel({
          id: 'acme/alpha',
          prices: [samplePrice({ from: '2026-02-01' }), samplePrice({ from: '2026-01-01' })],
        }),
        sampleModel({ id: 'acme/alpha' }),
        { ...sampleModel({ id: 'ghost/beta' }), contextTokens: 0 },
        sampleModel({ id: 'acme/gamma', provider: 'other' }),
        sampleModel({
          id: 'acme/delta',
          prices: [
            samplePrice({
              tiers: [
                { ...tier, aboveInputTokens: 9 },
                { ...tier, aboveInputTokens: 9 },
              ],
            }),
          ],
        }),
        { ...sampleModel({ id: 'acme/epsilon' }), prices: [{ ...samplePrice(), inputMicroUsdPerMtok: 0.5 }] },
        {
          ...sampleModel({ id: 'acme/zeta' }),
          prices: [{ ...samplePrice(), cachedInputMicroUsdPerMTok: 1 }],
          colour: 'red',
        },
        'not a model',
      ],
      remark: 'hello',
    };
    expect(Object.keys(problemsOf(content)).sort()).toEqual([
      'catalogue.remark',
      'models[0] (acme/alpha).prices[1].from',
      'models[1] (acme/alpha)',
      'models[2] (ghost/beta).contextTokens',
      'models[2] (ghost/beta).provider',
      'models[3] (acme/gamma).id',
      'models[4] (acme/delta).prices[0].tiers[1].aboveInputTokens',
      'models[5] (acme/epsilon).prices[0].inputMicroUsdPerMtok',
      'models[6] (acme/zeta).colour',
      'models[6] (acme/zeta).prices[0].cachedInputMicroUsdPerMTok',
      'models[7]',
      'providers[1] (acme)',
      'providers[2] (other).baseUrl',
    ]);
  });

  it('names wrong order in a model that has another mistake as well', () => {
    const model = sampleModel({ prices: [samplePrice(), samplePrice()] });
    expect(
      Object.keys(problemsOf({ providers: [sampleProvider('acme')], models: [{ ...model, kind: 'poem' }] })).sort(),
    ).toEqual(['models[0] (acme/alpha).kind', 'models[0] (acme/alpha).prices[1].from']);
  });

  it('refuses content of another shape and a version that is not its own', () => {
    expect(Object.keys(problemsOf(undefined))).toEqual(['catalogue']);
    expect(Object.keys(problemsOf({ models: [] }))).toEqual(['catalogue.providers']);
    expect(problemsOf({ ...sampleCatalog(sampleModel()), version: '000000000000' }).version).toContain(
      'says 000000000000',
    );
  });
});

describe('catalogVersion', () => {
  it('ignores key order, absent values and a version of its own', () => {
    expect(catalogVersion({ a: 1, b: { c: [2], d: undefined } })).toBe(
      catalogVersion({ version: 'x', b: { c: [2] }, a: 1 }),
    );
  });

  it('differs when any value or the order of a list differs', () => {
    const versions = [{ a: [1, 2] }, { a: [2, 1] }, { a: ['1', 2] }, { b: [1, 2] }, { a: [1, 2, null] }].map(
      catalogVersion,
    );
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('is the beginning of the SHA-256 of canonical JSON', () => {
    // printf '{"a":[1,null],"b":"x"}' | sha256sum
    expect(catalogVersion({ b: 'x', a: [1, null] })).toBe('3dece6dc8d22');
  });
});
