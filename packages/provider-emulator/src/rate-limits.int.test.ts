import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import type { Emulator, EmulatorOptions } from './emulator-types.ts';
import { startEmulator } from './start-emulator.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function start(options: EmulatorOptions) {
  emulator = await startEmulator(options);
  const openai = new OpenAI({ apiKey: 'k', baseURL: emulator.baseUrl('openai'), maxRetries: 0 });
  const anthropic = new Anthropic({ apiKey: 'k', baseURL: emulator.baseUrl('anthropic').slice(0, -3), maxRetries: 0 });
  return { openai, anthropic };
}
const messages = [{ role: 'user' as const, content: 'Hello' }];

describe('enforced limits', () => {
  it('refuse what is above them, tell what is left, and fill with time', async () => {
    let nowMs = 1_000_000;
    const { openai } = await start({ now: () => nowMs, limits: { 'gpt-4o': { requestsPerMinute: 2 } } });
    const ask = () => openai.chat.completions.create({ model: 'gpt-4o', messages }).withResponse();
    const first = await ask();
    expect(first.response.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(first.response.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect(first.response.headers.get('x-ratelimit-reset-requests')).toBe('30s');
    await ask();
    const refusal = await ask().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OpenAI.RateLimitError);
    expect(refusal).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect((refusal as InstanceType<typeof OpenAI.RateLimitError>).headers?.get('retry-after')).toBe('30');
    nowMs += 30_000;
    expect((await ask()).response.status).toBe(200);
  });

  it('count tokens of input and output, each model its own', async () => {
    const { openai } = await start({
      now: () => 1_000_000,
      limits: { 'gpt-4o': { requestsPerMinute: 100, tokensPerMinute: 60 } },
      respond: () => 'word '.repeat(80),
    });
    const ask = (model: string) => openai.chat.completions.create({ model, messages });
    await ask('gpt-4o');
    await expect(ask('gpt-4o')).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    await ask('gpt-4o-mini');
  });

  it('are told in Anthropic’s words to Anthropic’s client', async () => {
    const { anthropic } = await start({
      now: () => Date.parse('2026-11-21T10:00:00Z'),
      limits: { 'claude-opus-4-5': { requestsPerMinute: 1 } },
    });
    const ask = () => anthropic.messages.create({ model: 'claude-opus-4-5', max_tokens: 10, messages }).withResponse();
    const { response } = await ask();
    expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('0');
    expect(response.headers.get('anthropic-ratelimit-requests-reset')).toBe('2026-11-21T10:01:00Z');
    await expect(ask()).rejects.toBeInstanceOf(Anthropic.RateLimitError);
  });
});

describe('what was served', () => {
  it('is told once for each request, refusals and hung-up clients too', async () => {
    const served: string[] = [];
    const { openai } = await start({
      limits: { 'gpt-4o': { requestsPerMinute: 1 } },
      onServed: ({ model, finishedAtMs, abortedAtMs }) =>
        served.push(
          `${model} ${finishedAtMs === undefined ? 'not ' : ''}finished, ${abortedAtMs === undefined ? 'not ' : ''}aborted`,
        ),
    });
    await openai.chat.completions.create({ model: 'gpt-4o', messages });
    await openai.chat.completions.create({ model: 'gpt-4o', messages }).catch(() => undefined);
    emulator?.script({ match: { model: 'slow' }, latencyMs: 10_000 });
    const hungUp = new AbortController();
    const slow = openai.chat.completions.create({ model: 'slow', messages }, { signal: hungUp.signal });
    await expect.poll(() => emulator?.requests.length).toBe(3);
    hungUp.abort();
    await slow.catch(() => undefined);
    await expect
      .poll(() => served)
      .toEqual(['gpt-4o finished, not aborted', 'gpt-4o finished, not aborted', 'slow not finished, aborted']);
  });
});

describe('replies of the caller’s own', () => {
  it('are asked for with the whole conversation, the schema and how often it was asked', async () => {
    const seen: unknown[] = [];
    const { openai } = await start({
      respond: (question) => {
        seen.push(question);
        return question.model === 'gpt-4o' ? '{"choice":"A"}' : undefined;
      },
    });
    const schema = {
      type: 'object',
      properties: { choice: { type: 'string' } },
      required: ['choice'],
      additionalProperties: false,
    };
    const ask = (model: string) =>
      openai.chat.completions.create({
        model,
        messages: [{ role: 'system', content: 'Judge.' }, ...messages],
        response_format: { type: 'json_schema', json_schema: { name: 'verdict', strict: true, schema } },
      });
    expect((await ask('gpt-4o')).choices[0]?.message.content).toBe('{"choice":"A"}');
    await ask('gpt-4o');
    expect(JSON.parse((await ask('gpt-4o-mini')).choices[0]?.message.content ?? '')).toHaveProperty('choice');
    expect(seen).toEqual([
      { model: 'gpt-4o', prompt: 'Hello', texts: ['Judge.', 'Hello'], schema, occurrence: 0 },
      { model: 'gpt-4o', prompt: 'Hello', texts: ['Judge.', 'Hello'], schema, occurrence: 1 },
      { model: 'gpt-4o-mini', prompt: 'Hello', texts: ['Judge.', 'Hello'], schema, occurrence: 0 },
    ]);
  });
});
