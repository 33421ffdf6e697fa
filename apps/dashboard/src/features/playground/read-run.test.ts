import { describe, expect, test } from 'vitest';
import { eventsOf, type RunEvent, readRun } from './read-run.ts';

const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ delta }] })}`;

async function collect(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<RunEvent[]> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: RunEvent[] = [];
  for await (const event of readRun(body)) events.push(event);
  return events;
}

describe('the events of a run', () => {
  test('are text, reasoning, a break and the decision', () => {
    expect(eventsOf(chunk({ content: 'Hi' }))).toEqual([{ kind: 'text', text: 'Hi' }]);
    expect(eventsOf(chunk({ refusal: 'No.' }))).toEqual([{ kind: 'text', text: 'No.' }]);
    expect(eventsOf(chunk({ reasoning_content: 'Hm', content: 'So' }))).toEqual([
      { kind: 'reasoning', text: 'Hm' },
      { kind: 'text', text: 'So' },
    ]);
    expect(eventsOf('data: {"error":{"message":"broke off"}}')).toEqual([{ kind: 'broken', message: 'broke off' }]);
    expect(eventsOf('event: decision\ndata: {"id":"dec_1"}')).toEqual([{ kind: 'end', end: { id: 'dec_1' } }]);
  });

  test.each(['data: [DONE]', ': comment', '', chunk({ role: 'assistant' }), 'data: {"choices":[],"usage":{}}'])(
    'are none for %j',
    (block) => {
      expect(eventsOf(block)).toEqual([]);
    },
  );

  test('are put together however the bytes are cut', async () => {
    const bytes = new TextEncoder().encode(
      `${chunk({ content: 'Grüße ' })}\n\n${chunk({ content: '🚂' })}\n\ndata: [DONE]\n\n`,
    );
    const whole = [
      { kind: 'text', text: 'Grüße ' },
      { kind: 'text', text: '🚂' },
    ];
    for (let cut = 1; cut < bytes.length; cut += 7) {
      expect(await collect([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(whole);
    }
  });
});
