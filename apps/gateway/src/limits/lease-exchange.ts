import type { NanoUsd } from '@pointsman/contracts';
import { available, type BudgetAccount, loseExpired } from './budget-account.ts';
import type { BudgetWindow } from './budget-window.ts';

type LeaseKey = { nodeId: string; clientId: string; window: BudgetWindow; windowStart: string };

export type LeaseInDatabase = {
  clientId: string;
  window: BudgetWindow;
  windowStart: string;
  remainingNanoUsd: NanoUsd;
};

/** The database's side of budgets: spent plus all live leases of a window never exceed its limit. */
export type BudgetLeases = {
  lease(
    request: LeaseKey & { limitNanoUsd: NanoUsd; wantNanoUsd: NanoUsd; ttlMs: number; now: number },
  ): Promise<{ grantedNanoUsd: NanoUsd; remainingNanoUsd: NanoUsd }>;
  /** Prolongs the leases that the node still has, and says how large the database thinks they are. */
  renew(nodeId: string, ttlMs: number, now: number): Promise<readonly LeaseInDatabase[]>;
  /** Gives back up to `nanoUsd` of the node's lease. */
  release(request: LeaseKey & { nanoUsd: NanoUsd }): Promise<unknown>;
};

export type LeaseExchangeOptions = {
  leases: BudgetLeases;
  /** Unique per gateway process: leases are kept under it. */
  nodeId: string;
  /** Milliseconds since the epoch. */
  now(): number;
  leaseTtlMs: number;
  onError?: ((error: Error) => void) | undefined;
};

export type LeaseExchange = {
  /** Gives back what is to be given back, then leases what waiting calls need and a share in advance. Never rejects. */
  refill(account: BudgetAccount): Promise<void>;
  /** Only gives back. Never rejects. */
  giveBack(account: BudgetAccount): Promise<void>;
  /** Prolongs all leases of this node; undefined when the database did not answer. Never rejects. */
  renew(nowMs: number): Promise<readonly LeaseInDatabase[] | undefined>;
  /** The exchange under way for this account, to wait for instead of starting another. */
  underWay(account: BudgetAccount): Promise<void> | undefined;
  /** Why the database was not reachable a moment ago; undefined when it may be asked. */
  outage(): Error | undefined;
};

/** How long an answer of "nothing left" or "not reachable" spares the database further questions. */
const REST_MS = 1_000;
/** A node leases a quarter of what is left: few questions for a large budget, and enough left for the other nodes. */
const SHARE = 4;

/** Talks to the lease store, one exchange per account at a time. */
export function createLeaseExchange(options: LeaseExchangeOptions): LeaseExchange {
  const busy = new Map<BudgetAccount, Promise<void>>();
  let failure: { error: Error; untilMs: number } | undefined;

  function failed(thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    failure = { error, untilMs: options.now() + REST_MS };
    options.onError?.(error);
  }

  function run(account: BudgetAccount, exchange: () => Promise<void>): Promise<void> {
    const done = exchange()
      .catch(failed)
      .finally(() => busy.delete(account));
    busy.set(account, done);
    return done;
  }

  return {
    refill: (account) => run(account, () => returnRest(options, account).then(() => leaseMore(options, account))),
    giveBack: (account) => run(account, () => returnRest(options, account)),
    renew: (nowMs) =>
      options.leases.renew(options.nodeId, options.leaseTtlMs, nowMs).catch((thrown: unknown) => {
        failed(thrown);
        return undefined;
      }),
    underWay: (account) => busy.get(account),
    outage: () => (failure !== undefined && options.now() < failure.untilMs ? failure.error : undefined),
  };
}

const leaseKey = (nodeId: string, account: BudgetAccount): LeaseKey => ({
  nodeId,
  clientId: account.clientId,
  window: account.window,
  windowStart: account.start,
});

async function returnRest(options: LeaseExchangeOptions, account: BudgetAccount): Promise<void> {
  const nanoUsd = account.returning;
  if (nanoUsd === 0) return;
  // Without an answer nobody knows whether it was taken back; asked twice, it could take back what calls in flight need.
  const { inDoubt } = account;
  account.returning = 0;
  account.inDoubt = true;
  await options.leases.release({ ...leaseKey(options.nodeId, account), nanoUsd });
  account.inDoubt = inDoubt;
  if (account.remaining !== undefined) {
    account.remaining = Math.min(account.remaining + nanoUsd, account.limitNanoUsd);
  }
}

async function leaseMore(options: LeaseExchangeOptions, account: BudgetAccount): Promise<void> {
  const now = options.now();
  const { limitNanoUsd } = account;
  const needed = account.demand === 0 ? 0 : Math.max(0, account.demand - available(account));
  const wantNanoUsd = Math.max(needed, Math.ceil((account.remaining ?? 0) / SHARE));
  if (wantNanoUsd === 0) return;
  const key = leaseKey(options.nodeId, account);
  const answer = await options.leases.lease({ ...key, limitNanoUsd, wantNanoUsd, ttlMs: options.leaseTtlMs, now });
  // What ran out while the question was on its way may have gone to somebody else just before.
  loseExpired(account, options.now());
  // One lease per node and window in the database: what was held before now ends with the new grant.
  if (answer.grantedNanoUsd > 0) account.expiresAtMs = Math.max(account.expiresAtMs, now + options.leaseTtlMs);
  account.granted += answer.grantedNanoUsd;
  account.remaining = answer.remainingNanoUsd;
  account.slice = answer.grantedNanoUsd;
  if (answer.grantedNanoUsd < needed && limitNanoUsd === account.limitNanoUsd) {
    account.exhaustedUntilMs = options.now() + REST_MS;
  }
}
