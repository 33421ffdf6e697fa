import { readCount, readHeader } from '../failures/read-header.ts';
import type { RateLimit } from '../types.ts';
import type { ReplyHeaders } from '../wire-format.ts';

const UNITS = ['requests', 'tokens', 'input-tokens', 'output-tokens'] as const;

/** Anthropic's `anthropic-ratelimit-*` headers; a reset is an RFC 3339 time. */
export function readAnthropicLimits(headers: ReplyHeaders, nowMs: number): RateLimit[] {
  return UNITS.flatMap((unit) => {
    const limit = readCount(headers, `anthropic-ratelimit-${unit}-limit`);
    const remaining = readCount(headers, `anthropic-ratelimit-${unit}-remaining`);
    if (limit === undefined || remaining === undefined) return [];
    const resetsAtMs = Date.parse(readHeader(headers, `anthropic-ratelimit-${unit}-reset`) ?? '');
    const resetMs = Number.isNaN(resetsAtMs) ? undefined : Math.max(0, resetsAtMs - nowMs);
    return [{ unit, limit, remaining, resetMs }];
  });
}
