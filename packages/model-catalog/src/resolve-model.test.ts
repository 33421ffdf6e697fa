import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleModel } from '../test/sample-models.ts';
import { resolveModel } from './index.ts';

const catalog = sampleCatalog(
  sampleModel({ id: 'mistral/open-nemo' }),
  sampleModel({ id: 'groq/open-nemo' }),
  sampleModel({ id: 'groq/openai/gpt-oss-120b' }),
  sampleModel({ id: 'cerebras/gpt-oss-120b', upstreamModel: 'openai/gpt-oss-120b' }),
  sampleModel({ id: 'openai/gpt-4o' }),
  sampleModel({ id: 'openai/gpt-4o-mini' }),
  sampleModel({ id: 'anthropic/claude-sonnet-4-5' }),
  sampleModel({ id: 'groq/llama-3.1-8b-instant' }),
);
const resolve = (name: string) => {
  const resolution = resolveModel(catalog, name);
  return resolution.kind === 'found' ? resolution.model.id : resolution;
};

describe('resolveModel', () => {
  it('finds a model by its catalogue id and by its bare name', () => {
    expect(resolve('openai/gpt-4o')).toBe('openai/gpt-4o');
    expect(resolve('llama-3.1-8b-instant')).toBe('groq/llama-3.1-8b-instant');
    expect(resolve('gpt-oss-120b')).toBe('cerebras/gpt-oss-120b');
  });

  it('prefers the maker that serves its own model', () => {
    expect(resolve('open-nemo')).toBe('mistral/open-nemo');
  });

  it('does not choose between several providers of which none is first-class', () => {
    expect(resolve('openai/gpt-oss-120b')).toEqual({
      kind: 'ambiguous',
      ids: ['cerebras/gpt-oss-120b', 'groq/openai/gpt-oss-120b'],
    });
  });

  it.each([
    ['gpt-4o-mnii', 'openai/gpt-4o-mini'],
    ['gpt4o', 'openai/gpt-4o'],
    ['GPT-4o', 'openai/gpt-4o'],
    ['sonet-4-5', 'anthropic/claude-sonnet-4-5'],
    ['gpt-4o-mini-2024-07-18', 'openai/gpt-4o-mini'],
    ['groq/llama-3.1-8b', 'groq/llama-3.1-8b-instant'],
  ])('suggests for %s first %s', (name, nearest) => {
    expect(resolveModel(catalog, name)).toMatchObject({ kind: 'unknown', nearest: expect.arrayContaining([nearest]) });
    const resolution = resolveModel(catalog, name);
    expect(resolution.kind === 'unknown' && resolution.nearest[0]).toBe(nearest);
  });

  it('suggests nothing where nothing comes close, nor for a name too long to be a slip', () => {
    expect(resolve('dall-e-3')).toEqual({ kind: 'unknown', nearest: [] });
    expect(resolve('gpt-4o'.repeat(100_000))).toEqual({ kind: 'unknown', nearest: [] });
  });
});
