import { cutStream, errorInReply, malformedReply } from '../failures/reply-error.ts';
import { isObject, type JsonObject, parseJson } from '../json-value.ts';
import { eventData } from '../sse/event-data.ts';
import { findValue, hasValue } from '../sse/json-scan.ts';
import { SseSplitter } from '../sse/sse-splitter.ts';
import type { ProviderError, StreamPart } from '../types.ts';
import type { ClassifiedFailure, StreamReader } from '../wire-format.ts';
import { countWords, EventTemplate } from './event-template.ts';
import { countReplyChars } from './read-openai-reply.ts';
import { readOpenAiUsage } from './read-openai-usage.ts';

export type PassthroughOptions = {
  classifyError(body: JsonObject): ClassifiedFailure;
  /** Rewrites events that are not yet OpenAI's; `applies` is asked for each event's text and must be cheap. */
  translation?: { applies(text: string): boolean; write(event: JsonObject): JsonObject } | undefined;
};

const QUOTE = 34;

/** What may make an event other than plain. It may match too much (the checks behind it are exact), never too little. */
const SPECIAL = /"(?:error|usage)":\s*(?!null)|"finish_reason":\s*"|^event:|^data: ?\[DONE\]/;
/** What makes an event more than an opening although it holds no words. */
const SUBSTANCE = ['"tool_calls":[', '"tool_calls": [', '"function_call":{', '"audio":{', '"images":['];

/**
 * Reads an OpenAI-format stream by forwarding its events as they came. The hot path: a run of plain events in one
 * network chunk becomes one part that is a view of that chunk, found by substring search, nothing parsed. Parsed are
 * only errors and, once, the last usage.
 */
export class PassthroughReader implements StreamReader {
  readonly parts: StreamPart[] = [];
  opened = false;
  finished = false;
  failure: ProviderError | undefined;
  readonly #options: PassthroughOptions;
  readonly #splitter = new SseSplitter((bytes, text, start, end) => this.#take(bytes, text, start, end));
  #sawFinishReason = false;
  #template: EventTemplate | undefined;
  #usageEvent: string | undefined;
  #run: Buffer | undefined;
  #runStart = 0;
  #runEnd = 0;
  #runChars = 0;

  constructor(options: PassthroughOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    try {
      this.#splitter.push(chunk);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fail(malformedReply(error.message, chunk));
    }
    this.#flush();
  }

  end(): void {
    this.#splitter.end();
    this.#flush();
    if (this.finished || this.failure !== undefined) return;
    // Some hosts leave [DONE] out; a finish reason says as much.
    if (this.#sawFinishReason) this.#finish();
    else this.#fail(cutStream());
  }

  #take(bytes: Buffer, text: string, start: number, end: number): void {
    if (this.finished || this.failure !== undefined) return;
    const event = start === 0 && end === text.length ? text : text.slice(start, end);
    const chars = this.#template?.match(event) ?? -1;
    if (chars !== -1) {
      this.#extendRun(bytes, start, end, chars);
    } else if (SPECIAL.test(event)) {
      this.#takeSpecial(event, bytes.subarray(start, end));
    } else if (event.startsWith('data:') || event.includes('\ndata:')) {
      this.#forward(event, bytes, start);
    }
  }

  /** The checks for what ends a stream, breaks it or bills it. Anything else goes on as a plain event. */
  #takeSpecial(event: string, bytes: Buffer): void {
    const data = eventData(bytes, event, 0, event.length);
    if (data === '') return;
    if (data.trim() === '[DONE]') {
      this.#finish();
      return;
    }
    if ((hasValue(event, '"error":') || event.startsWith('event: error')) && this.#takeError(data)) return;
    if (hasValue(event, '"usage":')) {
      this.#usageEvent = data;
      if (event.includes('"choices":[]') || event.includes('"choices": []')) return;
    }
    const finish = findValue(event, '"finish_reason":');
    if (finish !== -1 && event.charCodeAt(finish) === QUOTE) {
      if (event.startsWith('"error"', finish)) {
        this.#fail(malformedReply('the provider ended it with finish_reason "error"', event));
        return;
      }
      this.#sawFinishReason = true;
    }
    this.#forward(event, bytes, 0);
  }

  #forward(event: string, bytes: Buffer, start: number): void {
    if (this.#options.translation?.applies(event) === true) {
      this.#translate(eventData(bytes.subarray(start, start + event.length), event, 0, event.length));
      return;
    }
    const chars = countWords(event);
    this.opened ||= chars > 0 || this.#sawFinishReason || SUBSTANCE.some((needle) => event.includes(needle));
    if (chars > 0 && !this.#sawFinishReason) this.#template = EventTemplate.of(event);
    this.#extendRun(bytes, start, start + event.length, chars);
  }

  #extendRun(bytes: Buffer, start: number, end: number, chars: number): void {
    if (this.#run !== bytes || this.#runEnd !== start) {
      this.#flush();
      this.#run = bytes;
      this.#runStart = start;
    }
    this.#runEnd = end;
    this.#runChars += chars;
  }

  #translate(data: string): void {
    this.#flush();
    // A translation has a memory (an open thought), so no event after it is known to be plain.
    this.#template = undefined;
    const event = parseJson(data);
    if (!isObject(event)) {
      this.#fail(malformedReply('an event is no JSON object', data));
      return;
    }
    const written = this.#options.translation?.write(event) ?? event;
    const outputChars = countReplyChars(written);
    const sse = `data: ${JSON.stringify(written)}\n\n`;
    this.opened ||= outputChars > 0 || this.#sawFinishReason || SUBSTANCE.some((needle) => sse.includes(needle));
    this.parts.push({ kind: 'events', sse, outputChars });
  }

  #takeError(data: string): boolean {
    const parsed = parseJson(data);
    const body = isObject(parsed) ? parsed : { message: data };
    // An `"error":` key may also sit deep inside an ordinary event.
    if (isObject(parsed) && !parsed.error && Array.isArray(parsed.choices)) return false;
    this.#fail(errorInReply(this.#options.classifyError(body)));
    return true;
  }

  #finish(): void {
    this.#flush();
    this.#emitUsage();
    this.finished = true;
    if (!this.#sawFinishReason && !this.opened) this.failure = cutStream();
  }

  #fail(error: ProviderError): void {
    this.#flush();
    this.#emitUsage();
    this.failure = error;
  }

  #emitUsage(): void {
    if (this.#usageEvent === undefined) return;
    const event = parseJson(this.#usageEvent);
    this.#usageEvent = undefined;
    if (!isObject(event)) return;
    const usage = readOpenAiUsage(event.usage);
    if (Object.keys(usage).length > 0) this.parts.push({ kind: 'usage', usage, chunk: { ...event, choices: [] } });
  }

  #flush(): void {
    if (this.#run === undefined) return;
    const whole = this.#runStart === 0 && this.#runEnd === this.#run.length;
    const sse = whole ? this.#run : this.#run.subarray(this.#runStart, this.#runEnd);
    this.parts.push({ kind: 'events', sse, outputChars: this.#runChars });
    this.#run = undefined;
    this.#runChars = 0;
  }
}
