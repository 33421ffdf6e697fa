import type { Attempt, FailureKind } from '@pointsman/contracts';
import { type LatencyHistogram, latencyBucket } from '@pointsman/db';
import { isHeldBack } from '@pointsman/providers';

export type FailureTally = {
  kind: FailureKind | 'internal';
  count: number;
  lastAtMs: number;
  lastModelId: string;
  lastStatus: number | undefined;
  lastMessage: string | undefined;
};

export type CallTally = {
  answered: number;
  failed: number;
  abandoned: number;
  /** Not made, because the circuit was open. */
  heldBack: number;
  /** Of answered calls. */
  latencies: LatencyHistogram;
  /** The newest first. */
  failures: FailureTally[];
};

const MINUTE_MS = 60_000;
const MINUTES = 60;

type Minute = {
  minute: number;
  answered: number;
  failed: number;
  abandoned: number;
  heldBack: number;
  buckets: Map<number, number>;
  failures: Map<FailureTally['kind'], FailureTally>;
};

/** Counts this process's calls to each provider over the last hour, minute by minute, in bounded memory. */
export class ProviderCalls {
  readonly #now: () => number;
  readonly #minutes = new Map<string, Minute[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  observe(attempt: Attempt): void {
    const minute = this.#currentMinute(attempt.provider);
    if (isHeldBack(attempt.message)) {
      minute.heldBack += 1;
      return;
    }
    minute[attempt.outcome] += 1;
    if (attempt.outcome === 'failed') this.#countFailure(minute, attempt);
    if (attempt.outcome !== 'answered') return;
    const bucket = latencyBucket(attempt.totalMs);
    minute.buckets.set(bucket, (minute.buckets.get(bucket) ?? 0) + 1);
  }

  tally(provider: string): CallTally {
    const minutes = this.#latest(provider);
    const sum = (count: (minute: Minute) => number) => minutes.reduce((total, minute) => total + count(minute), 0);
    const buckets = Map.groupBy(
      minutes.flatMap((minute) => [...minute.buckets]),
      ([bucket]) => bucket,
    );
    return {
      answered: sum(({ answered }) => answered),
      failed: sum(({ failed }) => failed),
      abandoned: sum(({ abandoned }) => abandoned),
      heldBack: sum(({ heldBack }) => heldBack),
      latencies: [...buckets].map(([bucket, counts]) => ({
        bucket,
        count: counts.reduce((total, [, count]) => total + count, 0),
      })),
      failures: mergeFailures(minutes),
    };
  }

  #currentMinute(provider: string): Minute {
    const minute = Math.floor(this.#now() / MINUTE_MS);
    const kept = this.#latest(provider);
    const last = kept.at(-1);
    if (last?.minute === minute) return last;
    const next = { minute, answered: 0, failed: 0, abandoned: 0, heldBack: 0, buckets: new Map(), failures: new Map() };
    this.#minutes.set(provider, [...kept, next]);
    return next;
  }

  #latest(provider: string): Minute[] {
    const oldest = Math.floor(this.#now() / MINUTE_MS) - MINUTES;
    const minutes = this.#minutes.get(provider) ?? [];
    return minutes[0] !== undefined && minutes[0].minute <= oldest
      ? minutes.filter(({ minute }) => minute > oldest)
      : minutes;
  }

  #countFailure({ failures }: Minute, { failure, modelId, status, message }: Attempt): void {
    const kind = failure ?? 'internal';
    const last = { lastAtMs: this.#now(), lastModelId: modelId, lastStatus: status, lastMessage: message };
    failures.set(kind, { kind, count: (failures.get(kind)?.count ?? 0) + 1, ...last });
  }
}

function mergeFailures(minutes: readonly Minute[]): FailureTally[] {
  const merged = new Map<FailureTally['kind'], FailureTally>();
  for (const { failures } of minutes) {
    for (const [kind, tally] of failures) {
      merged.set(kind, { ...tally, count: tally.count + (merged.get(kind)?.count ?? 0) });
    }
  }
  return [...merged.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
}
