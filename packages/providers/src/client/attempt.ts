import type { CatalogModel, Provider } from '@pointsman/contracts';
import { readRetryAfter, readShouldRetry } from '../failures/retry-after.ts';
import { parseJson } from '../json-value.ts';
import { type ChunkSource, decodeBody } from '../transport/decode-body.ts';
import { Exchange, type ExchangeReply } from '../transport/exchange.ts';
import type { ProviderPools } from '../transport/provider-pools.ts';
import { readBounded } from '../transport/read-bounded.ts';
import { type CallOptions, ProviderError, type Timeouts } from '../types.ts';
import type { WireFormat, WireRequest } from '../wire-format.ts';
import { AttemptLog } from './attempt-log.ts';
import { describeNetworkFailure } from './network-failure.ts';
import { markFinal } from './retries.ts';
import { withoutKey } from './without-key.ts';

/** No text reply comes near this; a batch of embeddings can reach a few tens of megabytes. */
const MOST_REPLY_BYTES = 128 * 1024 * 1024;
const MOST_ERROR_BYTES = 256 * 1024;

export type Target = { provider: Provider; model: CatalogModel };

export type AttemptContext = {
  target: Target;
  format: WireFormat;
  stream: boolean;
  write(): WireRequest;
  key: string | undefined;
  pools: ProviderPools;
  timeouts: Timeouts;
  now(): number;
  options: CallOptions;
};

/** A reply that began well: a 2xx whose body is still to be read. */
export type OpenReply = ExchangeReply & {
  exchange: Exchange;
  chunks: ChunkSource;
  log: AttemptLog;
  key: string | undefined;
};

/**
 * Runs one attempt: sends, waits for the reply's head, and lets `read` do the rest. Whatever goes wrong cuts the
 * connection, is reported, and comes out as a `ProviderError` (or as the signal's reason when the caller aborted).
 */
export async function runAttempt<T>(context: AttemptContext, read: (reply: OpenReply) => Promise<T>): Promise<T> {
  const { signal } = context.options;
  signal.throwIfAborted();
  const log = new AttemptLog(context.options, context.now);
  try {
    return await read(await openReply(context, log));
  } catch (error) {
    const reason = signal.aborted ? signal.reason : describeNetworkFailure(error, log.exchange?.sent === true);
    log.exchange?.abort(reason);
    if (signal.aborted) log.abandoned();
    else log.failed(withoutKey(reason, context.key));
    throw withoutKey(reason, context.key);
  }
}

async function openReply(context: AttemptContext, log: AttemptLog): Promise<OpenReply> {
  const { provider } = context.target;
  if (provider.needsKey && context.key === undefined) {
    throw refused('misconfigured', 'no_key', `no key is configured for the provider ${provider.id}`);
  }
  const { path, body } = context.write();
  const base = addressOf(provider);
  const pool = context.pools.poolFor(base.origin);
  if (context.pools.isFull(pool))
    throw refused('transient', 'queue_full', `too many requests wait for a connection to ${provider.id}`);
  const exchange = new Exchange(pool, {
    path: `${base.path}${path}${base.search}`,
    body,
    headers: requestHeaders(context),
    timeouts: context.timeouts,
    stream: context.stream,
    signal: context.options.signal,
    now: context.now,
  });
  log.exchange = exchange;
  const reply = await exchange.reply;
  log.status = reply.status;
  log.providerRequestId = requestIdOf(context.format, reply);
  context.options.onLimits?.(context.format.readLimits(reply.headers, context.now()));
  const chunks = decodeBody(exchange, reply.headers['content-encoding']);
  const open = { ...reply, exchange, chunks, log, key: context.key };
  if (reply.status < 200 || reply.status >= 300) throw await readFailure(context, open);
  return open;
}

type Address = { origin: string; path: string; search: string };
const addresses = new WeakMap<Provider, Address>();

/** Where a provider is, taken apart once: providers live as long as the configuration they come from. */
function addressOf(provider: Provider): Address {
  let address = addresses.get(provider);
  if (address === undefined) {
    const { origin, pathname, search } = new URL(provider.baseUrl);
    address = { origin, path: pathname.replace(/\/$/, ''), search };
    addresses.set(provider, address);
  }
  return address;
}

function refused(kind: 'misconfigured' | 'transient', code: string, message: string): ProviderError {
  return new ProviderError({ kind, code, message, consumed: 'nothing' });
}

function requestHeaders({ format, key, stream }: AttemptContext): Record<string, string> {
  return {
    ...format.headers(key),
    'content-type': 'application/json',
    accept: stream ? 'text/event-stream' : 'application/json',
    // Compression holds small chunks back, and a reply is small beside the time it took.
    'accept-encoding': 'identity',
    'user-agent': 'pointsman',
  };
}

function requestIdOf(format: WireFormat, { headers }: ExchangeReply): string | undefined {
  for (const name of format.requestIdHeaders) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

async function readFailure(context: AttemptContext, reply: OpenReply): Promise<ProviderError> {
  const text = (await readBounded(reply.chunks, MOST_ERROR_BYTES)).toString('utf8');
  const { status, headers } = reply;
  const classified = context.format.classifyFailure({ status, headers, body: parseJson(text) ?? text });
  const error = new ProviderError({
    ...classified,
    status,
    retryAfterMs: readRetryAfter(headers, context.now()),
    providerRequestId: reply.log.providerRequestId,
    consumed: 'nothing',
  });
  if (readShouldRetry(headers) === false) markFinal(error);
  return error;
}

/** The whole body of a reply that is not a stream; its connection is free afterwards. */
export function readWhole(reply: OpenReply): Promise<Buffer> {
  return readBounded(reply.chunks, MOST_REPLY_BYTES);
}
