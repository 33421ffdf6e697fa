import type { CatalogModel, ChatRequest, FailureKind, Provider, Usage, WireFormatName } from '@pointsman/contracts';
import type { ChatCall, EmbeddingCall, ProviderError, RateLimit, RequestAssessment, StreamPart } from './types.ts';

export type WireRequest = {
  /** Appended to the provider's base URL. */
  path: string;
  body: string;
};

/** What a reply cannot say about itself. */
export type ReplyContext = { provider: Provider; model: CatalogModel; createdSeconds: number };

/** `outputChars` is undefined where the usage counts the tokens and nobody needs the characters. */
export type ReadReply = { body: Buffer | string; usage: Usage; outputChars: number | undefined };
export type ReadEmbedding = { body: Buffer | string; usage: Usage };

/** Lower-case header names, as node gives them. */
export type ReplyHeaders = Record<string, string | string[] | undefined>;

export type ProviderFailure = {
  /** Undefined for an error event inside a stream. */
  status: number | undefined;
  headers: ReplyHeaders;
  /** Parsed JSON where it was JSON, else the text. */
  body: unknown;
};

export type ClassifiedFailure = {
  kind: FailureKind;
  message: string;
  param: string | undefined;
  code: string | undefined;
};

/**
 * Turns a provider's stream into parts. Bytes in, parts out; the caller takes `parts` empty after each push and then
 * looks at the flags. Nothing is thrown: what came before a failure is still delivered.
 */
export type StreamReader = {
  readonly parts: StreamPart[];
  /** Something real has come: content, a tool call, a finish reason. Until then parts stay held inside. */
  readonly opened: boolean;
  /** The provider said that the stream is complete. */
  readonly finished: boolean;
  readonly failure: ProviderError | undefined;
  push(chunk: Buffer): void;
  /** The bytes ended; sets `failure` when the stream was not complete. */
  end(): void;
};

/** One provider dialect: pure functions between OpenAI's chat completion and the provider's own JSON. */
export type WireFormat = {
  name: WireFormatName;
  /** Where the reply names the request, best first. */
  requestIdHeaders: readonly string[];
  headers(key: string | undefined): Record<string, string>;
  assess(provider: Provider, model: CatalogModel, request: ChatRequest): RequestAssessment;
  writeChat(call: ChatCall): WireRequest;
  /** Throws `ProviderError` when the body is no reply. */
  readReply(body: Buffer, context: ReplyContext): ReadReply;
  startStream(context: ReplyContext): StreamReader;
  /** Absent: the provider has no embeddings. */
  embeddings?: { write(call: EmbeddingCall): WireRequest; read(body: Buffer): ReadEmbedding };
  classifyFailure(failure: ProviderFailure): ClassifiedFailure;
  /** The limits that a reply's headers tell, none where it tells none. */
  readLimits(headers: ReplyHeaders, nowMs: number): RateLimit[];
};
