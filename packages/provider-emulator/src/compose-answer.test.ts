import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeAnswer, endText, NO_RECORDED_TEXT } from './compose-answer.ts';
import type { JsonObject } from './json-value.ts';
import { parseOpenaiChat } from './openai/parse-openai-chat.ts';
import { countTokens } from './split-tokens.ts';

const cache = { cachedInputTokens: 0, cacheWriteTokens: 0 };
const ask = (prompt: string, more: JsonObject = {}) =>
  parseOpenaiChat({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: prompt }], ...more });
const answer = (prompt: string, more: JsonObject = {}) =>
  composeAnswer(ask(prompt, more), { behaviour: {}, recorded: undefined, cache });
const weather = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } };
const time = { type: 'function', function: { name: 'get_time', parameters: { type: 'object' } } };

describe('composeAnswer without a script', () => {
  test('says that it is emulated, repeats the question and never varies', () => {
    const text = answer('What is a pointsman?').choices[0]?.text;
    expect(text).toContain('emulated');
    expect(text).toContain('What is a pointsman?');
    expect(text).toBe(answer('What is a pointsman?').choices[0]?.text);
    expect(text).not.toBe(answer('What is a pointsman?', { seed: 7 }).choices[0]?.text);
  });

  test('gives n different choices and bills the output of all of them', () => {
    const { choices, usage } = answer('Tell me a story', { n: 3 });
    expect(new Set(choices.map(({ text }) => text)).size).toBe(3);
    expect(usage?.outputTokens).toBe(choices.reduce((sum, { text }) => sum + countTokens(text), 0));
  });

  test('calls a tool whose subject the question names, and none otherwise', () => {
    const names = (prompt: string, more: JsonObject = {}) =>
      answer(prompt, { tools: [weather, time], ...more }).choices[0]?.toolCalls.map(({ name }) => name);
    expect(names('How is the weather in Oslo?')).toEqual(['get_weather']);
    expect(names('How are you?')).toEqual([]);
    expect(names('Weather and time, please')).toEqual(['get_weather', 'get_time']);
    expect(names('Weather and time, please', { parallel_tool_calls: false })).toEqual(['get_weather']);
    expect(names('How are you?', { tool_choice: 'required' })).toEqual(['get_weather']);
    expect(names('How is the weather?', { tool_choice: 'none' })).toEqual([]);
    const named = { type: 'function', function: { name: 'get_time' } };
    expect(names('How is the weather?', { tool_choice: named })).toEqual(['get_time']);
  });

  test('thinks within the token limit and counts the thinking as output', () => {
    const { choices, usage } = composeAnswer(
      parseOpenaiChat({ model: 'gpt-5', messages: [{ role: 'user', content: 'Why?' }], max_completion_tokens: 40 }),
      { behaviour: {}, recorded: undefined, cache },
    );
    expect(choices[0]).toMatchObject({ text: '', finish: 'length' });
    expect(usage).toMatchObject({ outputTokens: 40, reasoningTokens: 40 });
  });
});

describe('composeAnswer with a recording', () => {
  const recorded = { text: 'It is (C).', inputTokens: 160, outputTokens: 63, score: 1 };

  test('gives the recorded text and bills the recorded tokens', () => {
    const { choices, usage } = composeAnswer(ask('Which?'), { behaviour: {}, recorded, cache });
    expect(choices[0]).toMatchObject({ text: 'It is (C).', finish: 'end' });
    expect(usage).toMatchObject({ inputTokens: 160, outputTokens: 63 });
  });

  test('says so when no text was recorded', () => {
    const silent = { inputTokens: 1, outputTokens: 2 };
    const { choices } = composeAnswer(ask('Which?'), { behaviour: {}, recorded: silent, cache });
    expect(choices[0]?.text).toBe(NO_RECORDED_TEXT);
  });

  test('bills no more than the limit that cut it short', () => {
    const { choices, usage } = composeAnswer(ask('Which?', { max_tokens: 3 }), { behaviour: {}, recorded, cache });
    expect(choices[0]).toMatchObject({ text: 'It is (', finish: 'length' });
    expect(usage?.outputTokens).toBe(3);
  });

  test('does not stand in for structured output, a forced tool or a script', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer' } },
      required: ['a'],
      additionalProperties: false,
    };
    const structured = { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } };
    const text = composeAnswer(ask('Which?', structured), { behaviour: {}, recorded, cache }).choices[0]?.text ?? '';
    expect(JSON.parse(text)).toEqual({ a: expect.any(Number) });
    const forced = ask('Which?', { tools: [weather], tool_choice: 'required' });
    expect(composeAnswer(forced, { behaviour: {}, recorded, cache }).choices[0]?.toolCalls).toHaveLength(1);
    const scripted = composeAnswer(ask('Which?'), { behaviour: { reply: 'mine' }, recorded, cache });
    expect(scripted.choices[0]?.text).toBe('mine');
  });
});

describe('composeAnswer with a script', () => {
  test('keeps usage back when told to', () => {
    expect(
      composeAnswer(ask('x'), { behaviour: { omitUsage: true }, recorded: undefined, cache }).usage,
    ).toBeUndefined();
  });

  test('never reports fewer input tokens than cached ones', () => {
    fc.assert(
      fc.property(fc.nat(5000), (cachedInputTokens) => {
        const { usage } = composeAnswer(ask('x'), { behaviour: { cachedInputTokens }, recorded: undefined, cache });
        expect(usage?.cachedInputTokens).toBe(cachedInputTokens);
        expect(usage?.inputTokens).toBeGreaterThanOrEqual(cachedInputTokens);
      }),
    );
  });
});

describe('endText', () => {
  test('ends at the earliest stop sequence, which it leaves out', () => {
    expect(endText('one two three', ['three', 'two'], undefined)).toEqual({
      text: 'one ',
      finish: 'stop-sequence',
      stopSequence: 'two',
    });
  });

  test('never exceeds the limit and never contains a stop sequence', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1, maxLength: 3 })), fc.nat(20), (text, stop, limit) => {
        const ended = endText(text, stop, limit);
        expect(countTokens(ended.text)).toBeLessThanOrEqual(limit);
        for (const sequence of stop) expect(ended.text).not.toContain(sequence);
        expect(text.startsWith(ended.text)).toBe(true);
      }),
    );
  });
});
