import type {
  CatalogModel,
  ChatRequest,
  EmbeddingRequest,
  FailureKind,
  Provider,
  Removal,
  Usage,
} from '@pointsman/contracts';

/** `firstByteMs` ends with the reply's headers and first body byte; `idleMs` is the longest silence between chunks. */
export type Timeouts = { connectMs: number; firstByteMs: number; idleMs: number; totalMs: number };

export type ChatCall = {
  provider: Provider;
  model: CatalogModel;
  /** Gateway-only fields (`pointsman`, `models`, `provider`) already removed. */
  request: ChatRequest;
  stream: boolean;
};

export type EmbeddingCall = { provider: Provider; model: CatalogModel; request: EmbeddingRequest };

/** What the provider may have consumed (and will bill) although the attempt failed. */
export type Consumed = 'nothing' | 'perhaps';

/** One attempt at one model. A stream is reported when it ends, not when it opens; times are milliseconds. */
export type AttemptReport = {
  outcome: 'answered' | 'failed' | 'abandoned';
  failure?: FailureKind;
  status?: number;
  message?: string;
  providerRequestId?: string;
  /** On the clock that `createProviderClient` was given. */
  startedAtMs: number;
  /** Spent waiting for a connection before the request went out. */
  queueMs?: number;
  /** From the start to the first part that carries something for the client. */
  firstTokenMs?: number;
  totalMs: number;
  /** What the provider may have consumed although it failed. */
  consumed: Consumed;
};

export type StreamPart =
  | {
      kind: 'events';
      /** Complete OpenAI-format SSE events, ready to send as they are, no [DONE]. */
      sse: Buffer | string;
      /** Characters of content, reasoning and tool arguments in it. */
      outputChars: number;
    }
  | {
      kind: 'usage';
      usage: Usage;
      /** OpenAI usage chunk (`choices: []`), for the gateway to annotate, send or drop. */
      chunk: Record<string, unknown>;
    };

export type ChatReply = {
  kind: 'reply';
  /** OpenAI chat.completion JSON text; byte for byte the provider's where formats agree. */
  body: Buffer | string;
  usage: Usage;
  /** Characters of the output; undefined where the usage counts its tokens. */
  outputChars: number | undefined;
  providerRequestId: string | undefined;
};

export type ChatStream = {
  kind: 'stream';
  parts: AsyncIterableIterator<StreamPart>;
  providerRequestId: string | undefined;
};

export type ChatAnswer = ChatReply | ChatStream;

export type EmbeddingAnswer = { body: Buffer | string; usage: Usage; providerRequestId: string | undefined };

/** How much of an account's allowance was left when the provider took the request. */
export type RateLimit = {
  unit: 'requests' | 'tokens' | 'input-tokens' | 'output-tokens';
  limit: number;
  remaining: number;
  /** Milliseconds until the allowance is whole again; undefined where the provider does not say. */
  resetMs: number | undefined;
};

export type CallOptions = {
  signal: AbortSignal;
  onAttempt(report: AttemptReport): void;
  /** Told the limits on a reply's headers, refusals included; the headers are read only for who asks. */
  onLimits?: ((limits: RateLimit[]) => void) | undefined;
};

export type ProviderErrorDetails = {
  kind: FailureKind;
  message: string;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
  providerRequestId?: string | undefined;
  param?: string | undefined;
  code?: string | undefined;
  consumed: Consumed;
  cause?: unknown;
};

/** A provider's failure, classified by what the caller may do next (see `FailureKind`). */
export class ProviderError extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly providerRequestId: string | undefined;
  /** The request field the provider blamed, where it said one. */
  readonly param: string | undefined;
  /** The provider's own error code. */
  readonly code: string | undefined;
  readonly consumed: Consumed;

  constructor(details: ProviderErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ProviderError';
    this.kind = details.kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.providerRequestId = details.providerRequestId;
    this.param = details.param;
    this.code = details.code;
    this.consumed = details.consumed;
  }
}

export type ProviderClient = {
  /**
   * Resolves only once the first real part is there: an error in the first chunk, or a role-only opening followed by an
   * error, rejects, so that the caller can fall back. Retries the same model inside; every attempt is reported.
   * Throws `ProviderError`; when `signal` aborts, the signal's reason.
   */
  chat(call: ChatCall, options: CallOptions): Promise<ChatAnswer>;
  embed(call: EmbeddingCall, options: CallOptions): Promise<EmbeddingAnswer>;
  /** False while the circuit breaker for this provider and model is open. */
  isHealthy(provider: string, modelId: string): boolean;
  breakers(): { provider: string; modelId: string; state: string }[];
  close(): Promise<void>;
};

export type ProviderClientOptions = {
  keyFor(providerId: string): string | undefined;
  timeouts?: Partial<Timeouts> | undefined;
  /** Further attempts at the same model after the first; default 1. */
  retries?: number | undefined;
  /** Epoch milliseconds, fractions welcome: dates reply chunks, reads Retry-After dates, times attempts. */
  now(): number;
  connectionsPerProvider?: number | undefined;
  /** False for callers who wait for a provider instead of turning to another; default true. */
  circuitBreakers?: boolean | undefined;
};

export type RequestAssessment = { removals: { removal: Removal; detail: string }[]; ignored: string[] };
