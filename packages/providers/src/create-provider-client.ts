import type { Provider } from '@pointsman/contracts';
import { type AttemptContext, type OpenReply, readWhole, runAttempt, type Target } from './client/attempt.ts';
import { AttemptLog } from './client/attempt-log.ts';
import { Breakers } from './client/breakers.ts';
import { retryPolicy } from './client/retries.ts';
import { StreamParts } from './client/stream-parts.ts';
import { ProviderPools } from './transport/provider-pools.ts';
import {
  type CallOptions,
  type ChatAnswer,
  type ChatCall,
  type EmbeddingAnswer,
  type EmbeddingCall,
  type ProviderClient,
  type ProviderClientOptions,
  ProviderError,
  type Timeouts,
} from './types.ts';
import type { ReplyContext, WireFormat, WireRequest } from './wire-format.ts';
import { wireFormats } from './wire-formats.ts';

/** Reasoning models stay silent for long; ten minutes is also what OpenAI's and Anthropic's own clients wait. */
const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 5_000, firstByteMs: 120_000, idleMs: 120_000, totalMs: 600_000 };
/** Each stream under way holds one; a busy gateway has well over a thousand, and an idle pool keeps none. */
const DEFAULT_CONNECTIONS = 4_096;
const DEFAULT_RETRIES = 1;

type Request = { target: Target; format: WireFormat; stream: boolean; options: CallOptions; write(): WireRequest };

/**
 * Creates the one way to call any model: translation, connection pools, timeouts, retries of the same model, circuit
 * breakers. Fallbacks to other models are the caller's.
 */
export function createProviderClient(options: ProviderClientOptions): ProviderClient {
  const { keyFor, now } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const pools = new ProviderPools({
    connections: options.connectionsPerProvider ?? DEFAULT_CONNECTIONS,
    connectMs: timeouts.connectMs,
  });
  const breakers = new Breakers(now);
  const retries = retryPolicy(options.retries ?? DEFAULT_RETRIES);

  const send = <T>(request: Request, read: (reply: OpenReply) => Promise<T>): Promise<T> => {
    const { provider, model } = request.target;
    const context: AttemptContext = { ...request, key: keyFor(provider.id), pools, timeouts, now };
    const run = () => runAttempt(context, read);
    const attempt = () => (options.circuitBreakers === false ? run() : breakers.run(provider.id, model.id, run));
    return retries.execute(() => reportingOpenCircuit(attempt, request.options, now), request.options.signal);
  };

  return {
    chat: (call, callOptions) => {
      const format = wireFormats[call.provider.format];
      const request = {
        target: call,
        format,
        stream: call.stream,
        options: callOptions,
        write: () => format.writeChat(call),
      };
      const late = (failure: ProviderError) => breakers.recordLateFailure(call.provider.id, call.model.id, failure);
      return send(request, (reply) => readChat(reply, call, { now, signal: callOptions.signal, late }));
    },
    embed: (call, callOptions) => {
      const format = wireFormats[call.provider.format];
      const request = {
        target: call,
        format,
        stream: false,
        options: callOptions,
        write: () => writeEmbedding(format, call),
      };
      return send(request, (reply) => readEmbedding(reply, format));
    },
    isHealthy: (provider, modelId) => breakers.isHealthy(provider, modelId),
    breakers: () => breakers.list(),
    close: () => pools.close(),
  };
}

/** An attempt that an open circuit stops before it begins leaves its report as well. */
async function reportingOpenCircuit<T>(attempt: () => Promise<T>, options: CallOptions, now: () => number): Promise<T> {
  const log = new AttemptLog(options, now);
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'circuit_open') log.failed(error);
    throw error;
  }
}

type ChatReading = { now(): number; signal: AbortSignal; late(failure: ProviderError): void };

async function readChat(reply: OpenReply, call: ChatCall, { now, signal, late }: ChatReading): Promise<ChatAnswer> {
  const { exchange, chunks, log, key } = reply;
  const format = wireFormats[call.provider.format];
  const context: ReplyContext = {
    provider: call.provider,
    model: call.model,
    createdSeconds: Math.floor(now() / 1000),
  };
  if (call.stream && isEventStream(reply)) {
    const parts = new StreamParts({
      exchange,
      chunks,
      reader: format.startStream(context),
      log,
      signal,
      key,
      onLateFailure: late,
    });
    await parts.open();
    return { kind: 'stream', parts, providerRequestId: log.providerRequestId };
  }
  const read = format.readReply(await readWhole(reply), context);
  if (call.stream) throw notAStream(call.provider);
  log.firstToken();
  log.answered();
  return { kind: 'reply', ...read, providerRequestId: log.providerRequestId };
}

function isEventStream({ headers }: OpenReply): boolean {
  const type = headers['content-type'];
  // Hosts that forget the header still stream; only a declared JSON body is certainly none.
  return typeof type !== 'string' || !type.includes('application/json');
}

function notAStream(provider: Provider): ProviderError {
  return new ProviderError({
    kind: 'unsuitable',
    message: `${provider.id} answered a streaming request with a whole JSON reply`,
    code: 'not_a_stream',
    consumed: 'perhaps',
  });
}

function writeEmbedding(format: WireFormat, call: EmbeddingCall): WireRequest {
  if (format.embeddings !== undefined) return format.embeddings.write(call);
  const message = `${call.provider.name} has no embeddings`;
  throw new ProviderError({ kind: 'unsuitable', message, code: 'no_embeddings', consumed: 'nothing' });
}

async function readEmbedding(reply: OpenReply, format: WireFormat): Promise<EmbeddingAnswer> {
  const body = await readWhole(reply);
  const read = format.embeddings?.read(body);
  if (read === undefined) throw new TypeError(`${format.name} wrote an embedding request but cannot read the reply`);
  reply.log.firstToken();
  reply.log.answered();
  return { ...read, providerRequestId: reply.log.providerRequestId };
}
