/** The limits of a minute of one model's requests. */
export type MinuteLimits = { requestsPerMinute: number; tokensPerMinute?: number | undefined };

/** One limit as headers tell it. */
export type LimitState = { limit: number; remaining: number; resetMs: number };
export type Admission = {
  admitted: boolean;
  requests: LimitState;
  /** Absent: tokens are not limited. */
  tokens: LimitState | undefined;
  /** Until the refused request would be admitted. */
  retryAfterMs: number;
};

export type RateLimits = {
  /** Undefined for a model without limits. `tokens` are those of the input; the output's are taken when they are known. */
  admit(model: string, tokens: number): Admission | undefined;
  /** Takes the tokens of a reply. */
  charge(model: string, tokens: number): void;
};

type Bucket = { limit: number; level: number; atMs: number };

const MINUTE_MS = 60_000;

/** Token buckets that begin full and fill evenly, as the providers' own do. */
export function createRateLimits(limits: Readonly<Record<string, MinuteLimits>>, now: () => number): RateLimits {
  const buckets = new Map<string, { requests: Bucket; tokens: Bucket | undefined }>();
  const full = (limit: number): Bucket => ({ limit, level: limit, atMs: now() });
  const of = (model: string) => {
    const set = limits[model];
    const known = buckets.get(model);
    if (set === undefined || known !== undefined) return known;
    const tokens = set.tokensPerMinute === undefined ? undefined : full(set.tokensPerMinute);
    const made = { requests: full(set.requestsPerMinute), tokens };
    buckets.set(model, made);
    return made;
  };
  return {
    admit(model, amount) {
      const found = of(model);
      if (found === undefined) return undefined;
      const { requests, tokens } = found;
      for (const bucket of [requests, tokens]) if (bucket !== undefined) fill(bucket, now());
      const waits = [waitMs(requests, 1), tokens === undefined ? 0 : waitMs(tokens, Math.min(amount, tokens.limit))];
      const retryAfterMs = Math.max(...waits);
      if (retryAfterMs === 0) {
        requests.level -= 1;
        if (tokens !== undefined) tokens.level -= amount;
      }
      return {
        admitted: retryAfterMs === 0,
        requests: stateOf(requests),
        tokens: tokens === undefined ? undefined : stateOf(tokens),
        retryAfterMs,
      };
    },
    charge(model, amount) {
      const tokens = of(model)?.tokens;
      if (tokens === undefined) return;
      fill(tokens, now());
      tokens.level -= amount;
    },
  };
}

function fill(bucket: Bucket, nowMs: number): void {
  bucket.level = Math.min(bucket.limit, bucket.level + ((nowMs - bucket.atMs) * bucket.limit) / MINUTE_MS);
  bucket.atMs = nowMs;
}

const waitMs = ({ level, limit }: Bucket, amount: number) => Math.max(0, ((amount - level) * MINUTE_MS) / limit);

function stateOf({ limit, level }: Bucket): LimitState {
  const remaining = Math.max(0, Math.floor(level));
  return { limit, remaining, resetMs: Math.round(((limit - level) * MINUTE_MS) / limit) };
}
