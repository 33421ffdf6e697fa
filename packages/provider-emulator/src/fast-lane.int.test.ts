import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from './index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ fast: true });
});
afterAll(() => emulator.close());

async function ask(body: object, format: 'openai' | 'anthropic' | 'mistral' = 'openai'): Promise<string> {
  const reply = await fetch(
    `${emulator.baseUrl(format)}${format === 'anthropic' ? '/messages' : '/chat/completions'}`,
    {
      method: 'POST',
      headers: { 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], ...body }),
    },
  );
  return reply.text();
}

describe('the fast lane', () => {
  test('streams as many content chunks as the model’s name says, in every format', async () => {
    const stream = { model: 'fast-stream-25', stream: true };
    const openai = await ask({ ...stream, stream_options: { include_usage: true } });
    expect(openai.match(/"delta":\{"content":/g)).toHaveLength(25);
    expect(openai).toContain('"usage":{"prompt_tokens"');
    expect((await ask(stream)).includes('"usage"')).toBe(false);
    expect((await ask(stream, 'anthropic')).match(/"text_delta"/g)).toHaveLength(25);
    expect((await ask(stream, 'mistral')).match(/"delta":\{"content":"[^"]/g)).toHaveLength(25);
  });

  test('repeats one prepared reply and logs nothing', async () => {
    expect(await ask({ model: 'gpt-4o-mini' })).toBe(await ask({ model: 'gpt-4o-mini' }));
    expect(emulator.requests).toEqual([]);
  });

  test('leaves everything that is not plain to the ordinary way', async () => {
    const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }];
    expect(await ask({ model: 'gpt-4o-mini', tools, tool_choice: 'required' })).toContain('"tool_calls"');
    emulator.script({ times: 1, fail: { status: 429 } });
    expect(await ask({ model: 'gpt-4o-mini' })).toContain('rate_limit_exceeded');
    expect(emulator.requests).toHaveLength(2);
  });
});
