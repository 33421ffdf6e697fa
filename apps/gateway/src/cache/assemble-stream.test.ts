import { describe, expect, test } from 'vitest';
import { assembleStream } from './assemble-stream.ts';

const event = (delta: string, finish = 'null') =>
  `data: {"id":"c","choices":[{"index":0,"delta":${delta},"finish_reason":${finish}}]}\n\n`;
const assembled = (...deltas: string[]) =>
  assembleStream([...deltas.map((delta) => event(delta)), event('{}', '"stop"'), 'data: [DONE]\n\n']) ?? '';

describe("a provider's stream, put together", () => {
  test.each([
    '{"__proto__":{"polluted":true}}',
    '{"audio":{"__proto__":{"polluted":true}}}',
    '{"tool_calls":[{"index":0,"id":"a","__proto__":{"polluted":true}}]}',
    '{"tool_calls":[{"index":0,"id":"a","function":{"__proto__":{"polluted":true}}}]}',
    '{"reasoning_details":[{"index":0,"type":"t"},{"index":0,"type":"t","__proto__":{"polluted":true}}]}',
  ])('cannot change the prototype of every object: %s', (delta) => {
    expect(assembled(delta)).not.toContain('polluted');
    expect('polluted' in {}).toBe(false);
  });

  test.each([4_000_000_000, -1, 0.5])('takes no memory for a tool call at index %d', (index) => {
    const call = `{"index":${index},"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}`;
    const { choices } = JSON.parse(assembled(`{"tool_calls":[${call}]}`));
    expect(choices[0].message.tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
    ]);
  });
});
