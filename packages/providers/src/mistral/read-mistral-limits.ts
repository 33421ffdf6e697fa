import { readCount } from '../failures/read-header.ts';
import type { RateLimit } from '../types.ts';
import type { ReplyHeaders } from '../wire-format.ts';

const NAMES = { requests: 'req', tokens: 'tokens' } as const;

/** Mistral's headers: a minute's requests and tokens, without the time of the reset (mistralai/client-ts issue 169). */
export function readMistralLimits(headers: ReplyHeaders): RateLimit[] {
  return (['requests', 'tokens'] as const).flatMap((unit) => {
    const limit = readCount(headers, `x-ratelimit-limit-${NAMES[unit]}-minute`);
    const remaining = readCount(headers, `x-ratelimit-remaining-${NAMES[unit]}-minute`);
    return limit === undefined || remaining === undefined ? [] : [{ unit, limit, remaining, resetMs: undefined }];
  });
}
