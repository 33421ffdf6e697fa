import type { ServerResponse } from 'node:http';
import { GATEWAY_ERRORS, GatewayError, REPLY_HEADERS, type ReplyFact } from '@pointsman/contracts';
import { toOpenAiError } from '../errors/to-openai-error.ts';
import type { RateState } from '../limits/rate-limits.ts';
import type { Reply } from '../pipeline/reply.ts';

/** Writes a reply of the pipeline as HTTP. Resolves when everything was handed to the socket or the client is gone. */
export async function writeReply(outgoing: ServerResponse, reply: Reply): Promise<void> {
  const headers = headersOf(reply);
  if (reply.body.kind === 'json') {
    const { bytes } = reply.body;
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(Buffer.byteLength(bytes));
    outgoing.writeHead(200, headers);
    outgoing.end(bytes);
    return;
  }
  headers['content-type'] = 'text/event-stream; charset=utf-8';
  headers['cache-control'] = 'no-cache';
  // Reverse proxies such as nginx would otherwise collect the stream.
  headers['x-accel-buffering'] = 'no';
  outgoing.writeHead(200, headers);
  for await (const event of reply.body.events) {
    if (outgoing.destroyed) break;
    if (!outgoing.write(event)) await drained(outgoing);
  }
  outgoing.end();
}

/** Writes any error in OpenAI's shape; after the head was sent there is nothing left to say. */
export function writeError(outgoing: ServerResponse, error: unknown, decisionId?: string): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy();
    return;
  }
  const { status, headers, body } = toOpenAiError(error);
  if (decisionId !== undefined) headers[REPLY_HEADERS.decisionId] = decisionId;
  headers['content-length'] = String(Buffer.byteLength(body));
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

/** Errors the operator should hear about; the others are the caller's. */
export const isServerFault = (error: unknown) =>
  !(error instanceof GatewayError) || GATEWAY_ERRORS[error.code].status >= 500;

function headersOf(reply: Reply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const fact in reply.facts) {
    const value = reply.facts[fact as ReplyFact];
    if (value !== undefined) headers[REPLY_HEADERS[fact as ReplyFact]] = printable(value);
  }
  addRateHeaders(headers, reply.rate);
  return headers;
}

const UNPRINTABLE = /[^\x20-\x7e]/g;

/** Headers hold ASCII: a caller's field name that is ignored, or a model's name, may hold anything. */
const printable = (value: string) => value.replace(UNPRINTABLE, '?');

function addRateHeaders(headers: Record<string, string>, rate: RateState): void {
  if (rate.limitRequests !== undefined) {
    headers['x-ratelimit-limit-requests'] = String(rate.limitRequests);
    headers['x-ratelimit-remaining-requests'] = String(rate.remainingRequests ?? 0);
    headers['x-ratelimit-reset-requests'] = `${Math.ceil(rate.resetRequestsMs ?? 0)}ms`;
  }
  if (rate.limitTokens !== undefined) {
    headers['x-ratelimit-limit-tokens'] = String(rate.limitTokens);
    headers['x-ratelimit-remaining-tokens'] = String(rate.remainingTokens ?? 0);
    headers['x-ratelimit-reset-tokens'] = `${Math.ceil(rate.resetTokensMs ?? 0)}ms`;
  }
}

/** Waits until the socket takes more, or is gone. */
function drained(outgoing: ServerResponse): Promise<void> {
  if (outgoing.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done);
      outgoing.off('close', done);
      resolve();
    };
    outgoing.on('drain', done);
    outgoing.on('close', done);
  });
}
