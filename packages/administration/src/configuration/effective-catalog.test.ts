import { type Catalog, catalogModelSchema, providerSchema } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, formatConfigProblems } from './config-problem.ts';
import type { Configuration } from './configuration.ts';
import { effectiveCatalog } from './effective-catalog.ts';
import { enabledProviders, providerKey } from './enabled-providers.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { Environment } from './read-environment.ts';

const rates = (usd: number) => ({ inputMicroUsdPerMtok: usd * 1_000_000, outputMicroUsdPerMtok: usd * 4_000_000 });
const base: Catalog = {
  version: '0123456789ab',
  providers: [
    providerSchema.parse({
      id: 'openai',
      name: 'OpenAI',
      format: 'openai',
      baseUrl: 'https://openai.test/v1',
      keyEnv: ['OPENAI_API_KEY'],
      quirks: { unsupported: ['n'], streamUsage: 'always' },
    }),
    providerSchema.parse({
      id: 'ollama',
      name: 'Ollama',
      format: 'openai',
      baseUrl: 'http://127.0.0.1:11434/v1',
      baseUrlEnv: 'OLLAMA_BASE_URL',
      needsKey: false,
    }),
  ],
  models: [
    catalogModelSchema.parse({
      id: 'openai/gpt-4o',
      provider: 'openai',
      upstreamModel: 'gpt-4o',
      name: 'GPT-4o',
      kind: 'chat',
      status: 'active',
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
      modalities: { input: ['text', 'image'], output: ['text'] },
      capabilities: { tools: true, structuredOutput: 'json_schema', reasoning: false, temperature: true },
      prices: [
        { from: '2026-01-01', ...rates(2) },
        { from: '2026-07-02', ...rates(3) },
      ],
    }),
  ],
};

function configured(text: string, env: Environment = {}): Configuration {
  const result = loadConfiguration({
    env,
    file: { path: 'pointsman.config.yaml', text },
    knownProviders: base.providers,
  });
  if (!result.ok) throw new Error(formatConfigProblems(result.problems));
  return result.configuration;
}
const catalogOf = (text: string, env: Environment = {}): Catalog => effectiveCatalog(base, configured(text, env));

describe('effectiveCatalog', () => {
  it('changes nothing but the version when nothing is configured', () => {
    const { version, ...content } = catalogOf('');
    expect(content).toEqual({ providers: base.providers, models: base.models });
    expect(version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('gives equal content an equal version and other content another', () => {
    const price = 'prices: [{ from: 2026-01-01, inputUsdPerMtok: 0, outputUsdPerMtok: 0 }]';
    const added = `models: { ollama/qwen: { contextTokens: 4096, ${price} } }`;
    expect(catalogOf(added).version).toBe(catalogOf(added).version);
    expect(catalogOf(added).version).not.toBe(catalogOf('').version);
  });

  it('adds a model that promises only what is written', () => {
    const text = `
providers:
  inhouse: { baseUrl: http://gpu.test/v1, needsKey: false, regions: [eu] }
models:
  inhouse/qwen3:
    upstreamModel: Qwen/Qwen3-32B
    contextTokens: 40960
    capabilities: { tools: true }
    prices: [{ from: 2026-01-01, inputUsdPerMtok: 0.15, cachedInputUsdPerMtok: 0.075, outputUsdPerMtok: 0.6, tiers: [{ aboveInputTokens: 20000, inputUsdPerMtok: 0.3, outputUsdPerMtok: 1.2 }] }]`;
    const catalog = catalogOf(text);
    expect(catalog.providers.at(-1)).toMatchObject({ id: 'inhouse', format: 'openai', baseUrl: 'http://gpu.test/v1' });
    expect(catalog.models.at(-1)).toEqual({
      id: 'inhouse/qwen3',
      provider: 'inhouse',
      upstreamModel: 'Qwen/Qwen3-32B',
      name: 'Qwen/Qwen3-32B',
      kind: 'chat',
      status: 'active',
      contextTokens: 40_960,
      maxOutputTokens: 40_960,
      modalities: { input: ['text'], output: ['text'] },
      capabilities: { tools: true, structuredOutput: 'none', reasoning: false, temperature: true },
      regions: ['eu'],
      prices: [
        {
          from: '2026-01-01',
          inputMicroUsdPerMtok: 150_000,
          cachedInputMicroUsdPerMtok: 75_000,
          outputMicroUsdPerMtok: 600_000,
          tiers: [{ aboveInputTokens: 20_000, inputMicroUsdPerMtok: 300_000, outputMicroUsdPerMtok: 1_200_000 }],
        },
      ],
      routerNames: [],
    });
  });

  it('keeps the price history before a configured price and drops list prices after it', () => {
    const text =
      'models: { openai/gpt-4o: { prices: [{ from: 2026-03-01, inputUsdPerMtok: 1, outputUsdPerMtok: 2 }] } }';
    const prices = catalogOf(text).models[0]?.prices.map(({ from, inputMicroUsdPerMtok }) => [
      from,
      inputMicroUsdPerMtok,
    ]);
    expect(prices).toEqual([
      ['2026-01-01', 2_000_000],
      ['2026-03-01', 1_000_000],
    ]);
  });

  it('overrides single facts of a model and of a provider and keeps the others', () => {
    const text = `
providers: { openai: { quirks: { developerRole: false }, regions: [us] } }
models: { openai/gpt-4o: { maxOutputTokens: 100, capabilities: { tools: false }, modalities: { input: [text] } } }`;
    const { providers, models } = catalogOf(text);
    expect(providers[0]).toMatchObject({
      name: 'OpenAI',
      regions: ['us'],
      quirks: { developerRole: false, unsupported: ['n'], streamUsage: 'always' },
    });
    expect(models[0]).toMatchObject({
      maxOutputTokens: 100,
      contextTokens: 128_000,
      modalities: { input: ['text'], output: ['text'] },
      capabilities: { tools: false, structuredOutput: 'json_schema' },
    });
  });

  it('takes a disabled model out', () => {
    expect(catalogOf('models: { openai/gpt-4o: { enabled: false } }').models).toEqual([]);
  });

  it('names every model that is neither known nor complete, with the one that was probably meant', () => {
    const configuration = configured(
      'models: { openai/gtp-4o: { status: deprecated }, ollama/new: { contextTokens: 1 } }',
    );
    const problems = thrownBy(() => effectiveCatalog(base, configuration));
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'models.openai/gtp-4o is not in the catalogue, and lacks contextTokens and prices',
      'models.ollama/new is not in the catalogue, and lacks prices',
    ]);
    expect(problems[0]?.mend).toContain('Did you mean openai/gpt-4o?');
  });
});

describe('enabledProviders', () => {
  const stateOf = (text: string, id: string, env: Environment = {}) => {
    const configuration = configured(text, env);
    const found = enabledProviders(effectiveCatalog(base, configuration), configuration).find(
      ({ provider }) => provider.id === id,
    );
    return found && { enabled: found.enabled, why: found.why };
  };

  it('switches a provider on by its key alone', () => {
    expect(stateOf('', 'openai', { OPENAI_API_KEY: 'k' })).toEqual({ enabled: true, why: 'key from OPENAI_API_KEY' });
  });

  it('lists a provider without key as off and says which variable to set', () => {
    expect(stateOf('', 'openai')).toEqual({ enabled: false, why: 'no key: set OPENAI_API_KEY' });
  });

  it('keeps a local host off until its address or a model of it is configured', () => {
    expect(stateOf('', 'ollama')?.enabled).toBe(false);
    expect(stateOf('', 'ollama', { OLLAMA_BASE_URL: 'http://h/v1' })?.enabled).toBe(true);
    const price = 'prices: [{ from: 2026-01-01, inputUsdPerMtok: 0, outputUsdPerMtok: 0 }]';
    expect(stateOf(`models: { ollama/q: { contextTokens: 1, ${price} } }`, 'ollama')?.enabled).toBe(true);
  });

  it('keeps a provider off that the file switches off, key or not', () => {
    expect(stateOf('providers: { openai: { enabled: false } }', 'openai', { OPENAI_API_KEY: 'k' })).toMatchObject({
      enabled: false,
    });
  });

  it('hands out a key only where there is one', () => {
    const configuration = configured('', { OPENAI_API_KEY: 'k' });
    expect([providerKey(configuration, 'openai'), providerKey(configuration, 'ollama')]).toEqual(['k', undefined]);
  });
});

function thrownBy(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}
