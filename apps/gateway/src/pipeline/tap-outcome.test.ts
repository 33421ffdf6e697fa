import { ProviderError, type StreamPart } from '@pointsman/providers';
import { describe, expect, test } from 'vitest';
import { type StreamEnd, tapOutcome } from './tap-outcome.ts';

const events = (sse: string): StreamPart => ({ kind: 'events', sse, outputChars: sse.length });
const usagePart: StreamPart = { kind: 'usage', usage: { inputTokens: 3, outputTokens: 2 }, chunk: { choices: [] } };

async function* given(parts: StreamPart[], error?: unknown): AsyncGenerator<StreamPart> {
  yield* parts;
  if (error !== undefined) throw error;
}

function tap(parts: AsyncIterableIterator<StreamPart>, abort = new AbortController()) {
  const ends: StreamEnd[] = [];
  const stream = tapOutcome(parts, {
    signal: abort.signal,
    finish: (end) => {
      ends.push(end);
      return { usageEvent: (chunk) => (chunk === undefined ? undefined : 'USAGE\n\n') };
    },
  });
  return { stream, ends };
}

async function read(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const event of stream) text += event;
  return text;
}

describe('a stream on its way out', () => {
  test('passes events through untouched and ends with usage and [DONE]', async () => {
    const { stream, ends } = tap(given([events('a'), usagePart, events('b')]));
    expect(await read(stream)).toBe('abUSAGE\n\ndata: [DONE]\n\n');
    expect(ends).toEqual([
      { how: 'completed', usage: { inputTokens: 3, outputTokens: 2 }, outputChars: 2, error: undefined },
    ]);
  });

  test('reports how it ended before its last event is given out', async () => {
    const { stream, ends } = tap(given([events('a')]));
    await stream.next();
    expect(ends).toHaveLength(0);
    expect((await stream.next()).value).toBe('data: [DONE]\n\n');
    expect(ends).toHaveLength(1);
  });

  test('an error after the first chunk is one error event, then the end, without [DONE]', async () => {
    const { stream, ends } = tap(
      given([events('a')], new ProviderError({ kind: 'transient', message: 'cut', consumed: 'perhaps' })),
    );
    const text = await read(stream);
    expect(text).not.toContain('[DONE]');
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ error: { code: 'upstream_interrupted' } });
    expect(ends).toMatchObject([{ how: 'failed', error: { code: 'upstream_interrupted' } }]);
  });

  test('a reader that stops reading is recorded as abandoned, once, with what was sent so far', async () => {
    const { stream, ends } = tap(given([events('abc'), events('d')]));
    await stream.next();
    await stream.return(undefined);
    expect(ends).toMatchObject([{ how: 'abandoned', outputChars: 3 }]);
  });

  test('an abort that makes the provider call fail is abandonment, not failure', async () => {
    const abort = new AbortController();
    abort.abort();
    const { stream, ends } = tap(given([events('a')], new Error('aborted')), abort);
    expect(await read(stream)).toBe('a');
    expect(ends).toMatchObject([{ how: 'abandoned' }]);
  });
});
