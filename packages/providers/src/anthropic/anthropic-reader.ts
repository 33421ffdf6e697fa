import type { Usage } from '@pointsman/contracts';
import { cutStream, errorInReply, malformedReply } from '../failures/reply-error.ts';
import { isObject, type JsonObject, objectOf, parseJson, textOf } from '../json-value.ts';
import { ChunkWriter } from '../openai/chunk-writer.ts';
import { eventData } from '../sse/event-data.ts';
import { SseSplitter } from '../sse/sse-splitter.ts';
import type { ProviderError, StreamPart } from '../types.ts';
import type { ReplyContext, StreamReader } from '../wire-format.ts';
import { classifyAnthropicFailure } from './classify-anthropic-failure.ts';
import { finishReason, reasoningDetail, refusalText } from './read-anthropic-reply.ts';
import { mergeAnthropicUsage, readAnthropicUsage } from './read-anthropic-usage.ts';
import { REPLY_TOOL } from './write-anthropic-request.ts';

const OPENING = '{"role":"assistant","content":"","refusal":null}';

/**
 * Translates Anthropic's stream events into OpenAI chunks, each as it comes. Thinking goes out as `reasoning_content`
 * while it is written and once more, whole and signed, in `reasoning_details` when its block closes, so that a client
 * which collects the details can send them back without joining pieces.
 */
export class AnthropicReader implements StreamReader {
  readonly parts: StreamPart[] = [];
  opened = false;
  finished = false;
  failure: ProviderError | undefined;
  readonly #context: ReplyContext;
  readonly #splitter = new SseSplitter((bytes, text, start, end) => this.#take(eventData(bytes, text, start, end)));
  #writer: ChunkWriter | undefined;
  #usage: JsonObject = {};
  #sse = '';
  #chars = 0;
  /** The block now open; Anthropic sends them one after the other. */
  #block: JsonObject = {};
  #toolCalls = 0;
  #thoughts = 0;
  #gaveReply = false;
  #sawStopReason = false;

  constructor(context: ReplyContext) {
    this.#context = context;
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
    if (!this.finished && this.failure === undefined) this.#fail(cutStream());
  }

  #take(data: string): void {
    if (data === '' || this.finished || this.failure !== undefined) return;
    const event = parseJson(data);
    if (!isObject(event)) {
      this.#fail(malformedReply('an event is no JSON object', data));
      return;
    }
    switch (event.type) {
      case 'message_start':
        this.#start(objectOf(event.message));
        return;
      case 'content_block_start':
        this.#openBlock(objectOf(event.content_block));
        return;
      case 'content_block_delta':
        this.#addToBlock(objectOf(event.delta));
        return;
      case 'content_block_stop':
        this.#closeBlock();
        return;
      case 'message_delta':
        this.#stop(objectOf(event.delta), objectOf(event.usage));
        return;
      case 'message_stop':
        this.#finish();
        return;
      case 'error':
        this.#fail(errorInReply(classifyAnthropicFailure({ status: undefined, headers: {}, body: event })));
        return;
    }
  }

  #start(message: JsonObject): void {
    const { model, createdSeconds } = this.#context;
    this.#writer = new ChunkWriter(
      textOf(message.id) ?? '',
      textOf(message.model) ?? model.upstreamModel,
      createdSeconds,
    );
    this.#usage = objectOf(message.usage);
  }

  #openBlock(block: JsonObject): void {
    this.#block = { ...block };
    if (block.type === 'text') this.#emitText('content', textOf(block.text));
    else if (block.type === 'thinking') this.#emitText('reasoning_content', textOf(block.thinking));
    else if (block.type === 'tool_use') this.#openToolCall(block);
  }

  #openToolCall(block: JsonObject): void {
    if (block.name === REPLY_TOOL) {
      this.#gaveReply = true;
      return;
    }
    const call = {
      index: this.#toolCalls,
      id: block.id,
      type: 'function',
      function: { name: block.name, arguments: '' },
    };
    this.#emit(`{"tool_calls":[${JSON.stringify(call)}]}`, 0);
    this.#toolCalls++;
  }

  #addToBlock(delta: JsonObject): void {
    switch (delta.type) {
      case 'text_delta':
        this.#emitText('content', textOf(delta.text));
        return;
      case 'thinking_delta':
        this.#block.thinking = `${textOf(this.#block.thinking) ?? ''}${textOf(delta.thinking) ?? ''}`;
        this.#emitText('reasoning_content', textOf(delta.thinking));
        return;
      case 'signature_delta':
        this.#block.signature = `${textOf(this.#block.signature) ?? ''}${textOf(delta.signature) ?? ''}`;
        return;
      case 'input_json_delta':
        this.#addArguments(textOf(delta.partial_json));
        return;
    }
  }

  #addArguments(json: string | undefined): void {
    if (json === undefined || this.#block.type !== 'tool_use') return;
    if (this.#block.name === REPLY_TOOL) {
      this.#emitText('content', json);
      return;
    }
    const call = `{"index":${this.#toolCalls - 1},"function":{"arguments":${JSON.stringify(json)}}}`;
    this.#emit(`{"tool_calls":[${call}]}`, json.length);
  }

  #closeBlock(): void {
    const block = this.#block;
    this.#block = {};
    if (block.type !== 'thinking' && block.type !== 'redacted_thinking') return;
    const detail = reasoningDetail(block, this.#context.provider.id, this.#thoughts++);
    this.#emit(`{"reasoning_details":[${JSON.stringify(detail)}]}`, 0);
  }

  #stop(delta: JsonObject, usage: JsonObject): void {
    this.#usage = mergeAnthropicUsage(this.#usage, usage);
    if (delta.stop_reason === null || delta.stop_reason === undefined) return;
    this.#sawStopReason = true;
    const refusal = refusalText(delta.stop_reason, delta.stop_details);
    const words = refusal === undefined ? '{}' : `{"refusal":${JSON.stringify(refusal)}}`;
    this.#emit(words, refusal?.length ?? 0, finishReason(delta.stop_reason, this.#gaveReply && this.#toolCalls === 0));
  }

  #emitText(field: 'content' | 'reasoning_content', text: string | undefined): void {
    if (text !== undefined) this.#emit(`{"${field}":${JSON.stringify(text)}}`, text.length);
  }

  #emit(delta: string, chars: number, finish: string | null = null): void {
    const writer = this.#writer;
    if (writer === undefined) {
      this.#fail(malformedReply('the stream does not begin with message_start', delta));
      return;
    }
    if (!this.opened) this.#sse += writer.event(OPENING);
    this.opened = true;
    this.#sse += writer.event(delta, finish);
    this.#chars += chars;
  }

  #finish(): void {
    if (!this.#sawStopReason) {
      this.#fail(cutStream());
      return;
    }
    this.#flush();
    this.#emitUsage(readAnthropicUsage(this.#usage));
    this.finished = true;
  }

  #fail(error: ProviderError): void {
    this.#flush();
    // The output count of a broken stream is the opening's placeholder: unknown, not that.
    const { outputTokens: _, reasoningTokens: __, ...input } = readAnthropicUsage(this.#usage);
    if (this.opened) this.#emitUsage(input);
    this.failure = error;
  }

  #emitUsage(usage: Usage): void {
    if (this.#writer === undefined || Object.keys(usage).length === 0) return;
    this.parts.push({ kind: 'usage', usage, chunk: this.#writer.usageChunk(usage) });
  }

  #flush(): void {
    if (this.#sse === '') return;
    this.parts.push({ kind: 'events', sse: this.#sse, outputChars: this.#chars });
    this.#sse = '';
    this.#chars = 0;
  }
}
