import type { ChatRequest } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { scriptedModel } from '../test/scripted-model.ts';
import { askValidated } from './ask-validated.ts';
import type { Rule } from './validated-reply.ts';

type Answer = { reason: string; grade: 'A' | 'B' };
const schema = {
  type: 'object',
  properties: { reason: { type: 'string' }, grade: { enum: ['A', 'B'] } },
  required: ['reason', 'grade'],
  additionalProperties: false,
};
const request: ChatRequest = {
  model: 'acme/one',
  messages: [{ role: 'user', content: 'Grade it.' }],
  temperature: 0.5,
};
const GOOD = '{"reason": "clear", "grade": "A"}';
const reasoned: Rule<Answer> = {
  name: 'reasoned',
  check: ({ reason }) => (reason.trim() === '' ? '$.reason is blank; say why' : undefined),
};

const question = (model: ReturnType<typeof scriptedModel>) => ({
  ask: model.ask,
  request,
  schema,
  name: 'answer_v1',
  rules: [reasoned],
});
const lastTurn = (asked: readonly ChatRequest[]) => asked.at(-1)?.messages.at(-1)?.content;

describe('a validated reply', () => {
  it('is valid at the first try when nothing is wrong', async () => {
    const model = scriptedModel({ text: GOOD, finish: 'stop' });
    expect(await askValidated<Answer>(question(model))).toEqual({
      status: 'valid',
      value: { reason: 'clear', grade: 'A' },
      review: [],
      attempts: [{ text: GOOD, finish: 'stop', complaints: [] }],
    });
    expect(model.asked).toHaveLength(1);
  });

  it.each([
    ['prose', 'An A, I think.', 'syntax', /could not be read as JSON:\n- The reply holds no JSON object, only prose/],
    ['half JSON', '{"reason": "clear", "gra', 'syntax', /ends inside a string, at line 1.*still open/],
    ['a trailing comma', '{"reason": "x", "grade": "A",}', 'syntax', /trailing comma before }, at line 1, column 29/],
    ['a choice out of range', '{"reason": "x", "grade": "F"}', 'schema', /\$\.grade: got "F", wanted one of "A", "B"/],
    ['a missing field', '{"grade": "A"}', 'schema', /\$: got no "reason"/],
    ['an added field', '{"reason": "x", "grade": "A", "sure": 1}', 'schema', /\$: has "sure".*leave it out/],
    [
      'a broken rule',
      '{"reason": " ", "grade": "A"}',
      'rules',
      /breaks a rule:\n- reasoned: \$\.reason is blank; say why/,
    ],
  ])('is repaired after %s, which goes back with the precise complaint', async (_, bad, stage, complaint) => {
    const model = scriptedModel(bad, GOOD);
    const reply = await askValidated<Answer>(question(model));
    expect(reply).toMatchObject({ status: 'repaired', value: { grade: 'A' } });
    expect(reply.attempts.map((attempt) => attempt.stage)).toEqual([stage, undefined]);
    expect(lastTurn(model.asked)).toMatch(complaint);
  });

  it.each([
    ['wrapped in Markdown', `Sure:\n\`\`\`json\n${GOOD}\n\`\`\``],
    ['with its keys in another order', '{"grade": "A", "reason": "clear"}'],
    ['in prose', `I say ${GOOD}, no doubt.`],
  ])('needs no repair %s', async (_, text) => {
    expect(await askValidated<Answer>(question(scriptedModel(text)))).toMatchObject({ status: 'valid' });
  });

  it('keeps the whole conversation, bad replies included', async () => {
    const model = scriptedModel('no', '{"grade": "A"}', GOOD);
    await askValidated<Answer>(question(model));
    expect(model.asked[2]?.messages).toEqual([
      ...request.messages,
      { role: 'assistant', content: 'no' },
      { role: 'user', content: expect.stringMatching(/only prose/) },
      { role: 'assistant', content: '{"grade": "A"}' },
      { role: 'user', content: expect.stringMatching(/got no "reason"/) },
    ]);
    expect(request.messages).toHaveLength(1);
  });

  it('gives back a long bad reply cut in the middle, and an empty one as a turn that providers take', async () => {
    const model = scriptedModel('x'.repeat(50_000), '', GOOD);
    await askValidated<Answer>(question(model));
    const [, long, , empty] = model.asked[2]?.messages ?? [];
    expect(long?.content).toMatch(/^x{4000}\n\[… 42000 characters left out …\]\nx{4000}$/);
    expect(empty?.content).toBe('(empty reply)');
  });

  it('says of a reply that hit its length limit that it was cut', async () => {
    const model = scriptedModel({ text: '{"reason": "so lo', finish: 'length' }, GOOD);
    await askValidated<Answer>(question(model));
    expect(lastTurn(model.asked)).toMatch(/was cut at its length limit after 17 characters.*be shorter/);
  });

  it('fails after three tries more, with the last complaints and every attempt', async () => {
    const model = scriptedModel('no', 'no', 'no', '{"grade": "F"}', GOOD);
    const reply = await askValidated<Answer>(question(model));
    expect(reply).toMatchObject({ status: 'failed', why: 'invalid' });
    expect('complaints' in reply && reply.complaints).toEqual([
      '$: got no "reason", which must be there',
      '$.grade: got "F", wanted one of "A", "B"',
    ]);
    expect(reply.attempts.map(({ stage }) => stage)).toEqual(['syntax', 'syntax', 'syntax', 'schema']);
    expect(model.asked).toHaveLength(4);
  });

  it('fails at once when no tries are left for repairs', async () => {
    const model = scriptedModel('no');
    expect(await askValidated<Answer>({ ...question(model), tries: 0 })).toMatchObject({ why: 'invalid' });
  });

  it('keeps the attempts before a call that failed, and what the call threw', async () => {
    const gone = new Error('503');
    const reply = await askValidated<Answer>(question(scriptedModel('no', gone)));
    expect(reply).toEqual({
      status: 'failed',
      why: 'call-failed',
      error: gone,
      attempts: [expect.objectContaining({ text: 'no', stage: 'syntax' })],
    });
  });

  it('asks nothing when the schema cannot be used', async () => {
    const model = scriptedModel(GOOD);
    await expect(askValidated({ ...question(model), schema: { type: 'grade' } })).rejects.toThrow(/cannot be used/);
    expect(model.asked).toEqual([]);
  });
});

describe('a refusal', () => {
  it.each([
    ['marked by the provider', { text: '', refusal: 'I will not.' }],
    ['filtered by the provider', { text: '', finish: 'content_filter' }],
    ['written as prose', { text: 'Je suis désolé, je ne peux pas juger ce texte.' }],
  ])('%s is questioned once, then believed', async (_, refusal) => {
    const model = scriptedModel(refusal, refusal);
    const reply = await askValidated<Answer>(question(model));
    expect(reply).toMatchObject({ status: 'refused', detail: expect.stringMatching(/./) });
    expect(reply.attempts).toHaveLength(2);
    expect(lastTurn(model.asked)).toMatch(/You declined/);
  });

  it('counts as a try, and is forgotten once the model answers', async () => {
    const model = scriptedModel({ refusal: 'No.' }, 'prose', GOOD);
    const reply = await askValidated<Answer>(question(model));
    expect(reply).toMatchObject({ status: 'repaired' });
    expect(reply.attempts.map(({ text, stage }) => [text, stage])).toEqual([
      ['No.', 'refusal'],
      ['prose', 'syntax'],
      [GOOD, undefined],
    ]);
  });
});

describe('a rule', () => {
  it('may be asynchronous, and every complaint goes back at once', async () => {
    const model = scriptedModel('{"reason": "", "grade": "B"}', GOOD);
    const strict: Rule<Answer> = {
      name: 'strict',
      check: async ({ grade }) => (grade === 'B' ? 'no B today' : undefined),
    };
    await askValidated<Answer>({ ...question(model), rules: [reasoned, strict] });
    expect(lastTurn(model.asked)).toMatch(/- reasoned: .*\n- strict: no B today/);
  });

  it('marked review keeps the value and flags it, and does not ask again', async () => {
    const odd: Rule<Answer> = { name: 'odd', review: true, check: () => 'looks odd' };
    const model = scriptedModel(GOOD);
    expect(await askValidated<Answer>({ ...question(model), rules: [odd] })).toMatchObject({
      status: 'valid',
      value: { grade: 'A' },
      review: ['odd: looks odd'],
    });
    expect(model.asked).toHaveLength(1);
  });
});

describe('the structure', () => {
  it('is the provider’s business in strict mode', async () => {
    const model = scriptedModel(GOOD);
    await askValidated<Answer>(question(model));
    expect(model.asked).toEqual([
      {
        ...request,
        response_format: { type: 'json_schema', json_schema: { name: 'answer_v1', strict: true, schema } },
      },
    ]);
  });

  it('stands in the system prompt for models without strict mode, and nothing else asks for it', async () => {
    const model = scriptedModel(GOOD, GOOD);
    const system = { role: 'system' as const, content: 'Be fair.' };
    const loose = { ...request, messages: [system, ...request.messages], response_format: { type: 'text' as const } };
    await askValidated<Answer>({ ...question(model), request: loose, strict: false });
    await askValidated<Answer>({ ...question(model), strict: false });
    const [before, without] = model.asked.map(({ messages }) => messages);
    expect(model.asked[0]).not.toHaveProperty('response_format');
    expect(before?.[0]?.content).toMatch(/^Be fair\.\n\nReply with one JSON value .* "answer_v1" below/);
    expect(before?.[0]?.content).toContain(JSON.stringify(schema));
    expect(without).toEqual([{ role: 'system', content: expect.stringContaining('"answer_v1"') }, ...request.messages]);
  });
});
