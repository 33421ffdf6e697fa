import type { BudgetLeases, LeaseInDatabase } from '../lease-exchange.ts';

type Row = {
  nodeId: string;
  clientId: string;
  window: 'day' | 'month';
  windowStart: string;
  remaining: number;
  expiresAtMs: number;
};
type Pending = { apply(): unknown; resolve(value: unknown): void; reject(error: Error): void };
export type Delivery = 'answered' | 'refused' | 'answer-lost';

/**
 * The database's budgets in memory, with the semantics of `lease_budget` and `insertBatch` in @pointsman/db. Every question waits
 * until `deliver` decides what becomes of it; with `prompt` it is answered at once.
 */
export function simulatedLeases(options: {
  now(): number;
  prompt: boolean /** A lease was taken back; its node got `againNanoUsd` in the same moment. */;
  onReclaim?(row: Row, againNanoUsd: number): void;
}) {
  const rows: Row[] = [];
  const spent = new Map<string, number>();
  const pending: Pending[] = [];
  const asked = { lease: 0, renew: 0, release: 0 };
  const state = { down: false };

  const pageOf = (key: Pick<Row, 'clientId' | 'window' | 'windowStart'>) =>
    `${key.clientId} ${key.window} ${key.windowStart}`;
  const sameWindow = (a: Pick<Row, 'clientId' | 'window' | 'windowStart'>) => (b: Row) => pageOf(a) === pageOf(b);
  const rowOf = (nodeId: string, key: Pick<Row, 'clientId' | 'window' | 'windowStart'>) =>
    rows.find((row) => row.nodeId === nodeId && pageOf(row) === pageOf(key));

  function ask<T>(name: keyof typeof asked, apply: () => T): Promise<T> {
    asked[name] += 1;
    if (options.prompt) {
      return state.down ? Promise.reject(new Error('database is down')) : Promise.resolve().then(apply);
    }
    return new Promise<T>((resolve, reject) => {
      pending.push({ apply, resolve: (value) => resolve(value as T), reject });
    });
  }

  const leases: BudgetLeases = {
    lease: (request) =>
      ask('lease', () => {
        const over = rows.filter((each) => each.clientId === request.clientId && each.expiresAtMs <= request.now);
        for (const row of over) rows.splice(rows.indexOf(row), 1);
        const leased = rows.filter(sameWindow(request)).reduce((sum, row) => sum + row.remaining, 0);
        const left = request.limitNanoUsd - (spent.get(pageOf(request)) ?? 0) - leased;
        const grantedNanoUsd = Math.max(0, Math.min(request.wantNanoUsd, left));
        for (const each of over) options.onReclaim?.(each, each.nodeId === request.nodeId ? grantedNanoUsd : 0);
        const expiresAtMs = request.now + request.ttlMs;
        const row = rowOf(request.nodeId, request);
        if (grantedNanoUsd > 0 && row !== undefined) {
          row.remaining += grantedNanoUsd;
          row.expiresAtMs = Math.max(row.expiresAtMs, expiresAtMs);
        } else if (grantedNanoUsd > 0) {
          const { nodeId, clientId, window, windowStart } = request;
          rows.push({ nodeId, clientId, window, windowStart, remaining: grantedNanoUsd, expiresAtMs });
        }
        return { grantedNanoUsd, remainingNanoUsd: Math.max(0, left - grantedNanoUsd) };
      }),
    renew: (nodeId, ttlMs, now) =>
      ask('renew', () => {
        const own = rows.filter((row) => row.nodeId === nodeId);
        for (const row of own) row.expiresAtMs = now + ttlMs;
        return own.map(
          ({ remaining, clientId, window, windowStart }): LeaseInDatabase => ({
            clientId,
            window,
            windowStart,
            remainingNanoUsd: remaining,
          }),
        );
      }),
    release: (request) =>
      ask('release', () => {
        const row = rowOf(request.nodeId, request);
        if (row !== undefined) row.remaining = Math.max(0, row.remaining - request.nanoUsd);
      }),
  };

  return {
    leases,
    asked,
    state,
    pending,
    rows,
    spentIn: (key: Pick<Row, 'clientId' | 'window' | 'windowStart'>) => spent.get(pageOf(key)) ?? 0,
    deliver(position: number, how: Delivery) {
      const [question] = pending.splice(position % Math.max(1, pending.length), 1);
      if (question === undefined) return;
      const answer = how === 'refused' ? undefined : question.apply();
      if (how === 'answered') question.resolve(answer);
      else question.reject(new Error(`simulated: ${how}`));
    },
    /** What `decisions.insertBatch` does to budgets. */
    write(nodeId: string, key: Pick<Row, 'clientId' | 'window' | 'windowStart'>, nanoUsd: number) {
      spent.set(pageOf(key), (spent.get(pageOf(key)) ?? 0) + nanoUsd);
      const row = rowOf(nodeId, key);
      if (row !== undefined) row.remaining = Math.max(0, row.remaining - nanoUsd);
    },
  };
}
