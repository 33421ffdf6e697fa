import type { ReplyHeaders } from '../wire-format.ts';
import { readHeader } from './read-header.ts';

/**
 * How long the provider asks us to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as an HTTP
 * date against `nowMs` (epoch). Undefined when it does not say.
 */
export function readRetryAfter(headers: ReplyHeaders, nowMs: number): number | undefined {
  const precise = Number.parseFloat(readHeader(headers, 'retry-after-ms') ?? '');
  if (precise >= 0) return Math.ceil(precise);
  const value = readHeader(headers, 'retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil(at - nowMs));
}

/** What the provider says about trying again; OpenAI's and Anthropic's own clients obey this header. */
export function readShouldRetry(headers: ReplyHeaders): boolean | undefined {
  const value = readHeader(headers, 'x-should-retry');
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
