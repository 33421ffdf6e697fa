import type { ChatRequest } from '@pointsman/contracts';
import { chatRequestSchema } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { objectOf } from '../src/json-value.ts';
import type { ChatCall, RequestAssessment } from '../src/types.ts';
import type { ReplyContext, StreamReader, WireFormat } from '../src/wire-format.ts';
import { collectReply, collectStream, eventsOf, usageOf } from './collect-answer.ts';
import type { WireFixtures } from './fixtures/wire-fixtures.ts';
import { baseRequest, gatewayKeys, sampleFields } from './sample-fields.ts';

/** Feeds the bytes in the given pieces and ends the stream; parts stay in the reader. */
function readPieces(format: WireFormat, context: ReplyContext, pieces: readonly Buffer[]): StreamReader {
  const reader = format.startStream(context);
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return reader;
}

function cutAt(bytes: Buffer, at: number): Buffer[] {
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

function expectSame(reader: StreamReader, expected: object): void {
  expect(reader.failure).toBeUndefined();
  expect(collectStream(reader.parts)).toMatchObject(expected);
}

/** The contract of every wire format, on fixtures written from the provider's published format. */
export function describeWireFormat(format: WireFormat, fixtures: WireFixtures): void {
  const { provider, model } = fixtures;
  const context: ReplyContext = { provider, model, createdSeconds: 1_763_683_200 };
  const call = (request: ChatRequest, stream = false): ChatCall => ({ provider, model, request, stream });

  describe(`the ${format.name} wire format`, () => {
    describe.each(fixtures.replies)('reads a reply: $name', ({ body, expect: expected, usage }) => {
      const read = () => format.readReply(Buffer.from(body), context);
      it('gives an OpenAI client the same content', () => {
        expect(collectReply(read().body)).toMatchObject(expected);
      });
      it('reports exactly the tokens the provider reported', () => {
        expect(read().usage).toEqual(usage);
      });
      it('counts the characters of the output', () => {
        const { content, reasoning, refusal, toolCalls } = collectReply(read().body);
        const written = content + reasoning + refusal + toolCalls.map((made) => made.arguments).join('');
        const { outputChars, usage } = read();
        if (outputChars === undefined) expect(usage.outputTokens).toBeDefined();
        else expect(outputChars).toBe(written.length);
      });
    });

    it('refuses a body that is no reply as a failure that may pass', () => {
      for (const body of ['', 'not json', '[]', '{}', '<html></html>']) {
        expect(() => format.readReply(Buffer.from(body), context)).toThrowError(
          expect.objectContaining({ kind: 'transient', consumed: 'perhaps' }),
        );
      }
    });

    describe.each(fixtures.streams)('reads a stream: $name', ({ bytes, expect: expected, usage }) => {
      const whole = Buffer.from(bytes);
      it('gives an OpenAI client the same content, once', () => {
        const reader = readPieces(format, context, [whole]);
        expectSame(reader, expected);
        expect(reader).toMatchObject({ opened: true, finished: true });
      });
      it('gives the same wherever the network cuts the bytes', () => {
        for (let at = 1; at < whole.length; at++) expectSame(readPieces(format, context, cutAt(whole, at)), expected);
      });
      it('gives the same byte by byte', () => {
        expectSame(
          readPieces(
            format,
            context,
            Array.from(whole, (byte) => Buffer.of(byte)),
          ),
          expected,
        );
      });
      it('gives the same with carriage returns, wherever they are cut', () => {
        const crlf = Buffer.from(bytes.replaceAll('\n', '\r\n'));
        for (let at = 1; at < crlf.length; at++) expectSame(readPieces(format, context, cutAt(crlf, at)), expected);
      });
      it('skips what means nothing between the events', () => {
        const padded = bytes.replaceAll('\n\n', `\n\n${fixtures.idleEvent}`);
        expectSame(readPieces(format, context, [Buffer.from(fixtures.idleEvent + padded)]), expected);
      });
      it('reports the usage once, in a chunk without choices, or not at all', () => {
        const { parts } = readPieces(format, context, [whole]);
        expect(usageOf(parts)).toEqual(usage);
        for (const part of parts)
          if (part.kind === 'usage') expect(part.chunk).toMatchObject({ choices: [], object: 'chat.completion.chunk' });
      });
      it('gives only whole chunks of one identity and no end mark', () => {
        const { parts } = readPieces(format, context, [whole]);
        const ids = new Set(eventsOf(parts).map(({ id, object, created }) => `${id} ${object} ${created}`));
        expect(ids.size).toBe(1);
        expect(parts.some((part) => part.kind === 'events' && String(part.sse).includes('[DONE]'))).toBe(false);
      });
      it('counts the characters of the output within a tenth', () => {
        const { parts } = readPieces(format, context, [whole]);
        const { content, reasoning, refusal, toolCalls } = collectStream(parts);
        const written = content + reasoning + refusal + toolCalls.map((made) => made.arguments).join('');
        const counted = parts.reduce((sum, part) => sum + (part.kind === 'events' ? part.outputChars : 0), 0);
        // Surrogate pairs are one character to one scan and two to another.
        expect(Math.abs(counted - written.length)).toBeLessThanOrEqual(Math.max(2, written.length / 10));
      });
      it('never takes a part of it for the whole', () => {
        const ends = [...bytes.matchAll(/\n\n/g)].map((match) => match.index + 2);
        const cuts = ends.map((end) => readPieces(format, context, [Buffer.from(bytes.slice(0, end))]));
        const firstWhole = cuts.findIndex((reader) => reader.failure === undefined);
        expect(cuts[0]?.failure).toMatchObject({ kind: 'transient', code: 'cut' });
        for (const reader of cuts.slice(firstWhole)) expect(collectStream(reader.parts).finishReason).not.toBeNull();
      });
    });

    it.each(fixtures.brokenStreams)('reports a broken stream: $name', ({ bytes, kind, code, before }) => {
      const reader = readPieces(format, context, [Buffer.from(bytes)]);
      expect(reader.failure).toMatchObject({ kind, consumed: 'perhaps', ...(code !== undefined && { code }) });
      expect(reader.opened).toBe(before !== undefined);
      if (before !== undefined) expect(collectStream(reader.parts).content).toBe(before);
    });

    it.each(fixtures.failures)('classifies a failure by what the caller may do next: $name', (failure) => {
      const { status, headers = {}, body, kind, code, param } = failure;
      const classified = format.classifyFailure({ status, headers, body });
      expect(classified).toMatchObject({
        kind,
        ...(code !== undefined && { code }),
        ...(param !== undefined && { param }),
      });
      expect(classified.message).not.toBe('');
    });

    it('puts the key into a header and nowhere else', () => {
      expect(Object.values(format.headers('sk-test-1')).join(' ')).toContain('sk-test-1');
      expect(JSON.stringify(format.headers(undefined))).not.toContain('undefined');
      expect(JSON.stringify(format.writeChat(call(baseRequest())))).not.toContain('sk-test-1');
    });

    it('asks for the upstream model, streaming only when asked to', () => {
      const body = (stream: boolean) => JSON.parse(format.writeChat(call(baseRequest(), stream)).body);
      expect(body(true)).toMatchObject({ model: model.upstreamModel, stream: true });
      expect(body(false).stream).toBeUndefined();
    });

    describeHonesty(format, fixtures);

    it("sends back a provider's own reasoning at most to that provider", () => {
      const detail = { type: 'reasoning.text', text: 'SECRET THOUGHT', signature: 'SIGNATURE' };
      const history = (owner: string): ChatRequest => ({
        model: 'auto',
        messages: [
          { role: 'user', content: 'Hi' },
          {
            role: 'assistant',
            content: 'Hello',
            reasoning_content: 'SECRET THOUGHT',
            reasoning_details: [{ ...detail, provider: owner }],
          },
          { role: 'user', content: 'And now?' },
        ],
      });
      const foreign = format.writeChat(call(history('somebody-else'))).body;
      expect(foreign).not.toContain('SECRET THOUGHT');
      expect(foreign).not.toContain('SIGNATURE');
      expect(foreign).toContain('Hello');
    });
  });
}

/** Nothing is dropped in silence: each field of a request is written, named as ignored, or makes the model ineligible. */
function describeHonesty(format: WireFormat, { provider, model }: WireFixtures): void {
  const fates = (request: ChatRequest) => ({
    body: format.writeChat({ provider, model, request, stream: true }).body,
    assessment: format.assess(provider, model, request),
  });
  const isNamed = (field: string, { ignored, removals }: RequestAssessment) =>
    ignored.some((name) => name === field || name.startsWith(`${field}:`)) ||
    removals.some(({ detail }) => detail.split(' ').includes(field));

  describe('drops nothing in silence', () => {
    it('is asked about every field of the chat request', () => {
      const covered = new Set([...Object.keys(sampleFields), ...gatewayKeys, ...Object.keys(baseRequest())]);
      expect(Object.keys(chatRequestSchema.shape).filter((key) => !covered.has(key))).toEqual([]);
    });

    it.each(Object.entries(sampleFields))('%s', (field, { value, with: context = {} }) => {
      const without = fates(chatRequestSchema.parse({ ...baseRequest(), ...context }));
      const request = chatRequestSchema.parse({ ...baseRequest(), ...context, [field]: value });
      const { body, assessment } = fates(request);
      const written = body !== without.body;
      expect(written || isNamed(field, assessment)).toBe(true);
      if (assessment.ignored.includes(field)) expect(objectOf(JSON.parse(body))[field]).toBeUndefined();
    });

    it('names a field it has never heard of, or passes it on', () => {
      const { body, assessment } = fates(chatRequestSchema.parse({ ...baseRequest(), invented_field: 7 }));
      expect(body.includes('invented_field')).toBe(!assessment.ignored.includes('invented_field'));
    });

    it('ignores nothing of a plain request', () => {
      const { assessment } = fates(baseRequest());
      expect(assessment).toEqual({ removals: [], ignored: [] });
    });
  });
}
