import type { WireFormatName } from '@pointsman/contracts';
import type { MinuteLimits } from './rate-limits.ts';

/** A model the emulator serves. */
export type EmulatedModel = {
  /** The name the provider knows it by: `gpt-4o-mini`. */
  id: string;
  format: WireFormatName;
  kind?: 'chat' | 'embedding' | undefined;
};

/** What one model really answered to a prompt; a reply without `text` says that no text was recorded. */
export type RecordedReply = {
  text?: string | undefined;
  inputTokens: number;
  outputTokens: number;
  /** Measured quality in [0, 1]; never sent over the wire. */
  score?: number | undefined;
};

export type Recording = {
  /** Exact text of the last user message. */
  prompt: string;
  /** By upstream model name. */
  replies: Record<string, RecordedReply>;
};

export const FAULT_KINDS = [
  'rate_limit',
  'overloaded',
  'context_length',
  'content_policy',
  'invalid_request',
  'invalid_key',
  'server',
  'not_json',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type ScriptedFault = {
  status: number;
  /** Decides the body's type and code; without it the status does. */
  kind?: FaultKind | undefined;
  retryAfterSeconds?: number | undefined;
  message?: string | undefined;
};

/**
 * What the next matching request does. Every part is optional. Chunks are server-sent events, `[DONE]` included; for a
 * plain reply `cutAfterChunks` and `hangAfterChunks` stop in the middle of the body, whatever their number.
 */
export type Behaviour = {
  match?: { model?: string | undefined; format?: WireFormatName | undefined; stream?: boolean | undefined } | undefined;
  /** How many matching requests it holds for; for ever when absent. */
  times?: number | undefined;
  /** Before the headers. */
  latencyMs?: number | undefined;
  /** Between the headers of a stream and its first event. */
  firstTokenMs?: number | undefined;
  betweenTokensMs?: number | undefined;
  fail?: ScriptedFault | undefined;
  /** 200, then an error event where the first chunk would be: that of `fail`, or one of lacking capacity. */
  errorInFirstChunk?: boolean | undefined;
  /** Destroys the connection after so many events. */
  cutAfterChunks?: number | undefined;
  /** Goes silent after so many events and keeps the connection. */
  hangAfterChunks?: number | undefined;
  /** Sends an error event after so many events, then ends: that of `fail`, or one of lacking capacity. */
  errorAfterChunks?: number | undefined;
  omitUsage?: boolean | undefined;
  /** Usage rides on the chunk with the finish reason, as some OpenAI-compatible hosts do, asked for or not. */
  usageOnLastChoice?: boolean | undefined;
  encoding?: 'gzip' | 'br' | 'identity' | undefined;
  reply?: string | undefined;
  toolCalls?: { name: string; arguments: unknown }[] | undefined;
  reasoning?: string | undefined;
  refusal?: string | undefined;
  /** Sent as it is, in the provider's own word. */
  finishReason?: string | undefined;
  cachedInputTokens?: number | undefined;
  reasoningTokens?: number | undefined;
  /** `usage.cost` in dollars, as OpenRouter reports it. */
  usageCostUsd?: number | undefined;
  /** Content deltas of a stream; without `reply` the text grows to fill them. */
  chunkCount?: number | undefined;
  /** Written one by one as they are, instead of the stream's events. */
  rawChunks?: string[] | undefined;
  closeBeforeHeaders?: boolean | undefined;
  hangBeforeHeaders?: boolean | undefined;
};

export type ReceivedRequest = {
  format: WireFormatName;
  path: string;
  headers: Record<string, string>;
  /** The parsed JSON, or the raw text when it is none. */
  body: unknown;
  model: string;
  stream: boolean;
  receivedAtMs: number;
  /** When the client hung up before the end. */
  abortedAtMs?: number | undefined;
  /** Of the reply, once its head was sent. */
  status?: number | undefined;
  /** When the last byte was handed to the socket. */
  finishedAtMs?: number | undefined;
};

/** What a model is asked, as far as a made-up reply may depend on it. */
export type EmulatedQuestion = {
  model: string;
  /** Text of the last user message. */
  prompt: string;
  /** Every message's text, in order. */
  texts: readonly string[];
  /** The JSON schema that the reply must follow; absent for free text. */
  schema: Readonly<Record<string, unknown>> | undefined;
  /** Which of the requests with the same content since the emulator started: 0 for the first. */
  occurrence: number;
};

export type EmulatorOptions = {
  /** 0, the default, takes a free port. */
  port?: number | undefined;
  host?: string | undefined;
  /** Served names; others get the provider's 404. Without a list every name is served. */
  models?: readonly EmulatedModel[] | undefined;
  recordings?: Iterable<Recording> | undefined;
  /**
   * For benchmarks: plain chat requests get a reply computed once per model and shape, unchecked and not logged.
   * `fast-stream-<n>` streams n content chunks. Scripts, recordings, tools and response formats leave this lane.
   */
  fast?: boolean | undefined;
  /** When set, any other key gets the provider's 401. */
  apiKeys?: readonly string[] | undefined;
  /** `lifelike` waits as a model of that name might, the same way each time; `instant` is the default. */
  pace?: 'instant' | 'lifelike' | undefined;
  /** By model: what is above it is refused with 429, and the headers tell what is left. Others are never refused. */
  limits?: Readonly<Record<string, MinuteLimits>> | undefined;
  /** What a model says where no script and no recording does; undefined leaves it to the emulator. */
  respond?: ((question: EmulatedQuestion) => string | undefined) | undefined;
  /** Told of each request once its reply was handed over whole, or its client hung up. */
  onServed?: ((request: ReceivedRequest) => void) | undefined;
  /** How many requests `requests` keeps; 1,000 by default. */
  keepRequests?: number | undefined;
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined;
};

export type Emulator = {
  url: string;
  /** With the version segment: `http://127.0.0.1:4010/anthropic/v1`. The Anthropic and Mistral SDKs add `/v1` themselves. */
  baseUrl(format: WireFormatName): string;
  script(behaviour: Behaviour): void;
  /** Forgets every script and every logged request. */
  clear(): void;
  /** Oldest first, bounded. */
  requests: readonly ReceivedRequest[];
  /** The recorded quality, if any, of this model's reply to this prompt. */
  scoreOf(model: string, prompt: string): number | undefined;
  close(): Promise<void>;
};
