import { describe, expect, it } from 'vitest';
import { sampleProvider } from '../test/sample-models.ts';
import { CatalogError, parseCatalog, readModelsDev } from './index.ts';

const listed = {
  id: 'alpha',
  name: 'Alpha',
  family: 'greek',
  release_date: '2026-01-15',
  reasoning: true,
  tool_call: true,
  structured_output: true,
  temperature: false,
  modalities: { input: ['text', 'image'], output: ['text'] },
  limit: { context: 200_000, output: 8_000 },
  cost: { input: 2, output: 8, cache_read: 0.2, cache_write: 2.5 },
};
const read = (model: object, provider = 'acme') =>
  readModelsDev({ [provider]: { models: { alpha: { ...listed, ...model } } } }, { asOf: '2026-07-02' });
const why = (model: object) => read(model).skipped[0]?.why;
const price = (cost: object) => read({ cost }).models[0]?.prices[0];

describe('readModelsDev', () => {
  it('reads a model with its price in integers from the day of the file', () => {
    const { models, skipped } = read({});
    expect(skipped).toEqual([]);
    expect(models).toEqual([
      {
        id: 'acme/alpha',
        provider: 'acme',
        upstreamModel: 'alpha',
        name: 'Alpha',
        family: 'greek',
        kind: 'chat',
        status: 'active',
        releaseDate: '2026-01-15',
        contextTokens: 200_000,
        maxOutputTokens: 8_000,
        modalities: { input: ['text', 'image'], output: ['text'] },
        capabilities: { tools: true, structuredOutput: 'json_schema', reasoning: true, temperature: false },
        regions: ['global'],
        prices: [
          {
            from: '2026-07-02',
            inputMicroUsdPerMtok: 2_000_000,
            cachedInputMicroUsdPerMtok: 200_000,
            cacheWriteMicroUsdPerMtok: 2_500_000,
            outputMicroUsdPerMtok: 8_000_000,
            tiers: [],
          },
        ],
        routerNames: [],
      },
    ]);
    expect(() => parseCatalog({ providers: [sampleProvider('acme')], models })).not.toThrow();
  });

  it('reads tiers in ascending order, each with its own cached rate, and the other spelling of the cached rate', () => {
    const tiers = [
      { input: 8, output: 32, tier: { size: 500_000 } },
      { input: 4, output: 16, cache_read: 0.4, tier: { size: 200_000, type: 'context' } },
    ];
    expect(price({ input: 2, output: 8, cached_input: 0.003625, tiers })).toEqual({
      from: '2026-07-02',
      inputMicroUsdPerMtok: 2_000_000,
      cachedInputMicroUsdPerMtok: 3_625,
      outputMicroUsdPerMtok: 8_000_000,
      tiers: [
        {
          aboveInputTokens: 200_000,
          inputMicroUsdPerMtok: 4_000_000,
          cachedInputMicroUsdPerMtok: 400_000,
          outputMicroUsdPerMtok: 16_000_000,
        },
        { aboveInputTokens: 500_000, inputMicroUsdPerMtok: 8_000_000, outputMicroUsdPerMtok: 32_000_000 },
      ],
    });
  });

  it('never takes a cached rate of 0 or an impossible cache-write rate for a price', () => {
    expect(price({ input: 2, output: 8, cache_read: 0, cache_write: 0.3 })).toEqual({
      from: '2026-07-02',
      inputMicroUsdPerMtok: 2_000_000,
      outputMicroUsdPerMtok: 8_000_000,
      tiers: [],
    });
  });

  it.each([
    ['no price', { cost: undefined }, 'publishes no price'],
    ['half a price', { cost: { input: 1 } }, 'publishes no price'],
    ['a price of zero', { cost: { input: 0, output: 0 } }, 'not a price'],
    ['a free output', { cost: { input: 1, output: 0 } }, 'not a price'],
    ['no context limit', { limit: { context: 0, output: 10 } }, 'no context limit'],
    ['no output limit', { limit: { context: 10, output: 0 } }, 'no output limit'],
    ['pictures for an answer', { modalities: { input: ['text'], output: ['text', 'image'] } }, 'not with text alone'],
    ['sound only', { modalities: { input: ['audio'], output: ['text'] } }, 'reads no text'],
    ['reasoning at a price of its own', { cost: { input: 1, output: 2, reasoning: 3 } }, 'reasoning tokens apart'],
    [
      'tiers of another kind',
      { cost: { input: 1, output: 2, tiers: [{ input: 1, output: 1, tier: { size: 9, type: 'hour' } }] } },
      'unknown kind',
    ],
    [
      'a tier without a price',
      { cost: { input: 1, output: 2, tiers: [{ input: 1, tier: { size: 9 } }] } },
      'tier without a price',
    ],
    ['another shape', { limit: 'large' }, 'limit: '],
  ])('skips a model with %s and says why', (_, model, reason) => {
    expect(read(model).models).toEqual([]);
    expect(why(model)).toContain(reason);
  });

  it('takes an embedding for what it is: output is free', () => {
    const [model] = read({ family: 'text-embedding', tool_call: false, cost: { input: 0.1, output: 0 } }).models;
    expect(model).toMatchObject({
      kind: 'embedding',
      prices: [{ inputMicroUsdPerMtok: 100_000, outputMicroUsdPerMtok: 0 }],
    });
  });

  it('drops audio input where sound costs more than text', () => {
    const modalities = { input: ['text', 'audio'], output: ['text'] };
    const input = (cost: object) =>
      read({ modalities, cost: { input: 1, output: 2, ...cost } }).models[0]?.modalities.input;
    expect(input({ input_audio: 3 })).toEqual(['text']);
    expect(input({ input_audio: 1 })).toEqual(['text', 'audio']);
  });

  it('tells active, preview and deprecated models apart', () => {
    const status = (model: object) => read(model).models[0]?.status;
    expect([
      status({}),
      status({ status: 'beta' }),
      status({ id: 'alpha-preview' }),
      status({ status: 'deprecated' }),
    ]).toEqual(['active', 'preview', 'preview', 'deprecated']);
  });

  it('knows our ids of providers, their regions and what their documentation says', () => {
    const [together] = read({ id: 'Qwen/Qwen3-1' }, 'togetherai').models;
    expect(together).toMatchObject({ id: 'together/alpha', provider: 'together' });
    expect(read({ structured_output: undefined }, 'mistral').models[0]).toMatchObject({
      regions: ['eu'],
      capabilities: { structuredOutput: 'json_schema' },
    });
    expect(read({ structured_output: undefined }).models[0]?.capabilities.structuredOutput).toBe('none');
  });

  it('reads only the providers asked for, by either id', () => {
    const file = { acme: { models: { alpha: listed } }, togetherai: { models: { alpha: listed } } };
    const ids = (providers: string[]) =>
      readModelsDev(file, { asOf: '2026-07-02', providers }).models.map((model) => model.id);
    expect([ids(['acme']), ids(['together']), ids(['togetherai']), ids([])]).toEqual([
      ['acme/alpha'],
      ['together/alpha'],
      ['together/alpha'],
      [],
    ]);
  });

  it('refuses a file of another shape and a day that is none', () => {
    expect(() => readModelsDev([1], { asOf: '2026-07-02' })).toThrow(CatalogError);
    expect(() => readModelsDev({}, { asOf: '2 July' })).toThrow(CatalogError);
  });
});
