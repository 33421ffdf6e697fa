import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS, UPSTREAMS } from './upstream-models.ts';

const prompt = 'What is the weather in Oslo?';
const ticketSchema = z.object({ subject: z.string(), urgent: z.boolean() });

let gateway: TestGateway;
let pointsman: ReturnType<typeof createOpenAICompatible>;
beforeAll(async () => {
  gateway = await startGateway({ yaml: 'defaults: { retries: 0 }\n' });
  pointsman = createOpenAICompatible({
    name: 'pointsman',
    baseURL: gateway.baseURL,
    apiKey: gateway.apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

/** A tool as an application would define it, and the arguments it was called with. */
function weatherTool() {
  const asked: { city: string }[] = [];
  const get_weather = tool({
    description: 'Looks up the weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: async (input) => {
      asked.push(input);
      return 'Rain, 4 degrees';
    },
  });
  return { asked, tools: { get_weather } };
}

describe.each(UPSTREAMS)('the AI SDK, served by %s', (_provider, id) => {
  test('generates text, with usage', async () => {
    const { text, finishReason, usage, response } = await generateText({ model: pointsman(id), prompt });
    expect(text).toContain(prompt);
    expect(finishReason).toBe('stop');
    expect(usage.inputTokens).toBeGreaterThan(0);
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(response.headers).toMatchObject({ 'x-pointsman-model': id });
  });

  test('streams text, with usage', async () => {
    const { textStream, text, totalUsage } = streamText({ model: pointsman(id), prompt });
    const pieces: string[] = [];
    for await (const piece of textStream) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe(await text);
    expect((await totalUsage).outputTokens).toBeGreaterThan(0);
  });

  test('calls its tools and answers from their results', async () => {
    const { asked, tools } = weatherTool();
    const { text, steps } = await generateText({ model: pointsman(id), prompt, tools, stopWhen: stepCountIs(3) });
    expect(asked).toEqual([{ city: expect.any(String) }]);
    expect(steps.map((step) => step.finishReason)).toEqual(['tool-calls', 'stop']);
    expect(text).toContain(prompt);
    expect(JSON.stringify(gateway.emulator.requests.at(-1)?.body)).toContain('Rain, 4 degrees');
  });

  test('calls its tools in a stream', async () => {
    const { asked, tools } = weatherTool();
    const result = streamText({ model: pointsman(id), prompt, tools, stopWhen: stepCountIs(3) });
    expect(await result.text).toContain(prompt);
    expect(asked).toEqual([{ city: expect.any(String) }]);
    expect((await result.steps).map((step) => step.finishReason)).toEqual(['tool-calls', 'stop']);
  });
});

describe('the AI SDK', () => {
  test.each([UPSTREAM_MODELS.openai, UPSTREAM_MODELS.anthropic, UPSTREAM_MODELS.mistral])(
    'generates an object with %s',
    async (id) => {
      const output = Output.object({ schema: ticketSchema });
      const generated = await generateText({ model: pointsman(id), prompt: 'File a ticket', output });
      expect(ticketSchema.parse(generated.output)).toEqual(generated.output);
      const streamed = streamText({ model: pointsman(id), prompt: 'File a ticket', output });
      expect(await streamed.output).toEqual(generated.output);
    },
  );

  test('shows what the model thought, and its tool loop survives that the SDK keeps no signatures', async () => {
    const { tools } = weatherTool();
    const { steps, text } = await generateText({
      model: pointsman(UPSTREAM_MODELS.anthropic),
      prompt,
      tools,
      stopWhen: stepCountIs(3),
      providerOptions: { pointsman: { reasoningEffort: 'low' } },
    });
    expect(steps[0]?.reasoningText).toContain('words');
    expect(steps).toHaveLength(2);
    expect(text).toContain(prompt);
  });

  test('sends the gateway’s own options', async () => {
    const { response } = await generateText({
      model: pointsman('auto'),
      prompt,
      headers: { 'x-pointsman-models': UPSTREAM_MODELS.mistral },
    });
    expect(response.headers).toMatchObject({
      'x-pointsman-model': UPSTREAM_MODELS.mistral,
      'x-pointsman-reason': 'only-candidate',
    });
  });

  test('stops the provider when it is aborted', async () => {
    gateway.emulator.script({ chunkCount: 500, betweenTokensMs: 10 });
    const abort = new AbortController();
    const result = streamText({ model: pointsman(UPSTREAM_MODELS.openai), prompt, abortSignal: abort.signal });
    let pieces = 0;
    let ended = '';
    for await (const part of result.fullStream) {
      if (part.type === 'abort') ended = part.type;
      if (part.type === 'text-delta') pieces += 1;
      if (pieces === 5) abort.abort();
    }
    expect(ended).toBe('abort');
    await vi.waitUntil(() => gateway.emulator.requests[0]?.abortedAtMs, { timeout: 5000, interval: 5 });
    expect(gateway.emulator.requests).toHaveLength(1);
  });

  test('throws its own error with the gateway’s words', async () => {
    const error = await generateText({ model: pointsman('openai/gpt-4o-mni'), prompt }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(APICallError);
    expect(error).toMatchObject({
      statusCode: 404,
      isRetryable: false,
      message: expect.stringContaining('Did you mean'),
      data: { error: { code: 'model_not_found', type: 'invalid_request_error' } },
    });
  });

  test('learns of a stream that breaks', async () => {
    gateway.emulator.script({ chunkCount: 20, cutAfterChunks: 8 });
    const seen: string[] = [];
    const result = streamText({ model: pointsman(UPSTREAM_MODELS.openai), prompt, onError: () => undefined });
    for await (const part of result.fullStream) seen.push(part.type);
    expect(seen.filter((type) => type === 'text-delta').length).toBeGreaterThan(0);
    expect(seen).toContain('error');
  });
});
