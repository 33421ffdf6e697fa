import { readCount, readHeader } from '../failures/read-header.ts';
import type { RateLimit } from '../types.ts';
import type { ReplyHeaders } from '../wire-format.ts';

/** OpenAI's `x-ratelimit-*` headers, which most compatible hosts send: a minute's requests and tokens. */
export function readOpenAiLimits(headers: ReplyHeaders): RateLimit[] {
  return (['requests', 'tokens'] as const).flatMap((unit) => {
    const limit = readCount(headers, `x-ratelimit-limit-${unit}`);
    const remaining = readCount(headers, `x-ratelimit-remaining-${unit}`);
    if (limit === undefined || remaining === undefined) return [];
    return [{ unit, limit, remaining, resetMs: readDuration(readHeader(headers, `x-ratelimit-reset-${unit}`)) }];
  });
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Go's notation, `1m30.5s` or `6ms`, and bare seconds; milliseconds. */
export function readDuration(text: string | undefined): number | undefined {
  const value = text?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) return undefined;
  let total = 0;
  for (const [, count, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return total;
}
