import { type ReasoningDetail, reasoningDetailSchema } from '@pointsman/contracts';
import type OpenAI from 'openai';
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessage,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { collect } from './collect.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS } from './upstream-models.ts';

/** The fields that OpenAI's types do not have, as most compatible hosts name them. */
const reasoningSchema = z.looseObject({
  reasoning_content: z.string().optional(),
  reasoning_details: z.array(reasoningDetailSchema).optional(),
});
const reasoningOf = (message: unknown) => reasoningSchema.parse(message);

const THOUGHT = 'Lamps are bulbs; bulbs fail.';
const question: ChatCompletionMessageParam = { role: 'user', content: 'What is the weather in Oslo?' };
const weather = {
  type: 'function' as const,
  function: { name: 'get_weather', parameters: { type: 'object', properties: {}, additionalProperties: false } },
};

let gateway: TestGateway;
let client: OpenAI;
beforeAll(async () => {
  gateway = await startGateway();
  client = connectOpenai(gateway);
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

const lastBody = () => JSON.stringify(gateway.emulator.requests.at(-1)?.body);

type Asking = Pick<ChatCompletionCreateParamsNonStreaming, 'model' | 'reasoning_effort'>;

/** The first half of a tool loop: what the model thought and called. */
async function think(
  asking: Asking,
): Promise<{ message: ChatCompletionMessage; history: ChatCompletionMessageParam[] }> {
  const reply = await client.chat.completions.create({ ...asking, tools: [weather], messages: [question] });
  const message = reply.choices[0]?.message;
  const id = message?.tool_calls?.[0]?.id;
  if (message === undefined || id === undefined) throw new Error('the model called no tool');
  return { message, history: [question, message, { role: 'tool', tool_call_id: id, content: 'Rain' }] };
}

describe('the reasoning of Anthropic’s models', () => {
  const asking: Asking = { model: UPSTREAM_MODELS.anthropic, reasoning_effort: 'low' };

  test('is shown, signed, and goes back to the provider that signed it', async () => {
    const { message, history } = await think(asking);
    const { reasoning_content: text, reasoning_details: details = [] } = reasoningOf(message);
    expect(text).toContain('words');
    expect(details).toEqual([expect.objectContaining({ type: 'reasoning.text', text, provider: 'anthropic' })]);
    // The emulator refuses a tool loop whose thinking is missing or whose signature does not fit.
    await client.chat.completions.create({ ...asking, tools: [weather], messages: history });
    const body = gateway.emulator.requests.at(-1)?.body as { messages: { role: string; content: unknown[] }[] };
    expect(body.messages[1]?.content[0]).toEqual({
      type: 'thinking',
      thinking: text,
      signature: details[0]?.signature,
    });
  });

  test('streams as it is thought, and once more whole and signed', async () => {
    const stream = await client.chat.completions.create({ ...asking, messages: [question], stream: true });
    const deltas = (await collect(stream)).map((chunk) => reasoningOf(chunk.choices[0]?.delta ?? {}));
    const pieces = deltas.flatMap((delta) => delta.reasoning_content ?? []);
    const details: ReasoningDetail[] = deltas.flatMap((delta) => delta.reasoning_details ?? []);
    expect(pieces.length).toBeGreaterThan(3);
    expect(details).toEqual([expect.objectContaining({ text: pieces.join(''), provider: 'anthropic' })]);
    expect(details[0]?.signature).toBeTruthy();
    const { reasoning_details: plain } = reasoningOf((await think(asking)).message);
    expect(plain?.[0]?.signature).toBe(details[0]?.signature);
  });

  test.each([UPSTREAM_MODELS.openai, UPSTREAM_MODELS.mistral, UPSTREAM_MODELS.groq])(
    'never reaches %s',
    async (model) => {
      const { message, history } = await think(asking);
      const [detail] = reasoningOf(message).reasoning_details ?? [];
      await client.chat.completions.create({ model, tools: [weather], messages: history });
      expect(detail?.signature).toBeTruthy();
      expect(lastBody()).toContain('Rain');
      expect(lastBody()).not.toContain(detail?.signature);
      expect(lastBody()).not.toContain(detail?.text);
      expect(lastBody()).not.toContain('reasoning');
    },
  );

  test('is not taken for its own when another provider signed it', async () => {
    const signed = {
      type: 'reasoning.text',
      text: 'A foreign thought',
      signature: 'Zm9yZWlnbg==',
      provider: 'elsewhere',
    };
    const message = {
      role: 'assistant' as const,
      content: 'Hello.',
      reasoning_content: signed.text,
      reasoning_details: [signed],
    };
    const { choices } = await client.chat.completions.create({ ...asking, messages: [question, message, question] });
    expect(choices[0]?.finish_reason).toBe('stop');
    expect(lastBody()).toContain('Hello.');
    expect(lastBody()).not.toMatch(/foreign|Zm9yZWlnbg/);
  });

  test('is left out where another provider began the tool loop', async () => {
    const { history } = await think({ model: UPSTREAM_MODELS.openai });
    const reply = await client.chat.completions
      .create({ ...asking, tools: [weather], messages: history })
      .withResponse();
    expect(reply.data.choices[0]?.finish_reason).toBe('stop');
    expect(reply.response.headers.get('x-pointsman-ignored')).toContain('reasoning_effort');
  });
});

describe('the reasoning of Mistral’s models', () => {
  const asking: Asking = { model: 'mistral/magistral-medium-latest' };

  test('goes back to Mistral and never to Anthropic', async () => {
    gateway.emulator.script({
      match: { format: 'mistral' },
      reasoning: THOUGHT,
      toolCalls: [{ name: 'get_weather', arguments: {} }],
      times: 1,
    });
    const { message, history } = await think(asking);
    expect(reasoningOf(message)).toMatchObject({
      reasoning_content: THOUGHT,
      reasoning_details: [{ type: 'reasoning.text', text: THOUGHT, provider: 'mistral' }],
    });
    await client.chat.completions.create({ ...asking, tools: [weather], messages: history });
    expect(lastBody()).toContain(THOUGHT);
    await client.chat.completions.create({ model: UPSTREAM_MODELS.anthropic, tools: [weather], messages: history });
    expect(lastBody()).not.toContain(THOUGHT);
  });
});
