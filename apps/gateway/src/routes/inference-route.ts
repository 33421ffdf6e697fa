import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError, REQUEST_HEADERS, type RequestOptions } from '@pointsman/contracts';
import { shuttingDown } from '../pipeline/handle-chat-completion.ts';
import { newDecisionId } from '../pipeline/new-decision-id.ts';
import type { Reply } from '../pipeline/reply.ts';
import { readBody } from './read-body.ts';
import { isServerFault, writeError, writeReply } from './write-reply.ts';

/** What every inference route hands to its pipeline. */
export type InferenceCall = {
  id: string;
  secret: string | undefined;
  readText(): Promise<string>;
  optionTexts: Partial<Record<keyof RequestOptions, string>>;
  sessionHints: { header?: string | undefined; agentHeader?: string | undefined };
  signal: AbortSignal;
  startedMs: number;
};

export type InferenceRoute = {
  handle(call: InferenceCall): Promise<Reply>;
  maxRequestBytes: number;
  now(): number;
  elapsedMs(): number;
  isDraining(): boolean;
  logFault(error: unknown, decisionId: string): void;
};

/** HTTP to pipeline and back, on Node's own request and response: the hot path pays for no wrapper. */
export async function serveInference(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  route: InferenceRoute,
): Promise<void> {
  const startedMs = route.elapsedMs();
  const id = newDecisionId(route.now());
  const abort = new AbortController();
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) abort.abort();
  });
  try {
    if (route.isDraining()) throw shuttingDown();
    const { headers } = incoming;
    const reply = await route.handle({
      id,
      secret: bearerOf(headers.authorization),
      readText: () => readBody(incoming, route.maxRequestBytes),
      optionTexts: optionTextsOf(headers),
      sessionHints: {
        header: single(headers.session_id ?? headers['session-id'] ?? headers['x-session-id']),
        agentHeader: single(headers['x-claude-code-session-id']),
      },
      signal: abort.signal,
      startedMs,
    });
    await writeReply(outgoing, reply);
  } catch (error) {
    if (isServerFault(error) && !isHangUp(error, abort.signal)) route.logFault(error, id);
    writeError(outgoing, error, id);
  }
}

/** A client that is gone has no answer; that is no fault of ours, whatever the pipeline made of it, unless it is a bug. */
const isHangUp = (error: unknown, signal: AbortSignal) =>
  signal.aborted && error instanceof GatewayError && error.code !== 'internal_error';

/** The key of an `Authorization: Bearer` header. */
export const bearerOf = (authorization: string | undefined) =>
  authorization === undefined ? undefined : /^Bearer\s+(.+)$/i.exec(authorization)?.[1]?.trim();

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

const OPTION_HEADERS = Object.entries(REQUEST_HEADERS) as [keyof RequestOptions, string][];

function optionTextsOf(headers: IncomingMessage['headers']): Partial<Record<keyof RequestOptions, string>> {
  const texts: Partial<Record<keyof RequestOptions, string>> = {};
  for (const [name, header] of OPTION_HEADERS) {
    const value = single(headers[header]);
    if (value !== undefined) texts[name] = value;
  }
  return texts;
}
