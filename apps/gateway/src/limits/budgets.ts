import { type Client, formatUsd, GatewayError, type NanoUsd } from '@pointsman/contracts';
import { createAccountBook } from './account-book.ts';
import { available, type BudgetAccount, fits, loseExpired, settle, take } from './budget-account.ts';
import type { BudgetWindow } from './budget-window.ts';
import { createLeaseKeeper } from './keep-leases.ts';
import { type BudgetLeases, createLeaseExchange, type LeaseExchange } from './lease-exchange.ts';

export type { BudgetLeases } from './lease-exchange.ts';

export type Hold = {
  /**
   * The amount really spent, 0 when nothing was consumed; later calls do nothing. It is the amount in the decision record, from
   * which the database takes it; for a cost nobody knows give an estimate, which then stays reserved for a while.
   */
  settle(nanoUsd: NanoUsd): void;
};

/** One window as this node sees it; other nodes have leases of their own. */
export type BudgetStatus = {
  window: BudgetWindow;
  windowStart: string;
  resetsAtMs: number;
  limitNanoUsd: NanoUsd;
  heldNanoUsd: NanoUsd;
  availableNanoUsd: NanoUsd;
};

export type Budgets = {
  /**
   * Reserves `nanoUsd` in the client's UTC day and month, all or nothing; synchronous while the leases in hand suffice. Rejects
   * with GatewayError `budget_exceeded` when a window has no more, `storage_unavailable` when the lease in hand does not suffice
   * and the database cannot be asked. A hold of 0 always succeeds: hold what the call may cost.
   */
  hold(client: Client, nanoUsd: NanoUsd): Hold | Promise<Hold>;
  status(clientId: string): BudgetStatus[];
  /**
   * Prolongs the leases and gives back what is not needed; runs by itself four times per lease. It takes for granted that what was
   * settled a lease's quarter ago has reached the database, or that the database is away. Never rejects.
   */
  renew(): Promise<void>;
  /** Gives back all that no call holds. Never rejects. */
  flushLeases(): Promise<void>;
  /** Stops renewing and gives the leases back: call it after the recorder has closed. */
  close(): Promise<void>;
};

export type BudgetsOptions = {
  leases: BudgetLeases;
  /** Unique per gateway process: leases are kept under it. */
  nodeId: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A database away for less than three quarters of this fails no request whose lease suffices. */
  leaseTtlMs?: number | undefined;
  onError?: ((error: Error) => void) | undefined;
};

const LEASE_TTL_MS = 120_000;
const RENEWALS_PER_LEASE = 4;
const RETRY_MS = 1_000;
const UNLIMITED: Hold = Object.freeze({ settle: () => undefined });

/**
 * Budgets held before a call and settled after it. A node leases slices of each budget from the database and spends them
 * locally, so all nodes together never spend more than the limit, but for what calls in flight cost above their hold; the
 * slices of a node that dies return when its lease ends.
 */
export function createBudgets(options: BudgetsOptions): Budgets {
  const leaseTtlMs = options.leaseTtlMs ?? LEASE_TTL_MS;
  const periodMs = leaseTtlMs / RENEWALS_PER_LEASE;
  const exchange = createLeaseExchange({ ...options, leaseTtlMs });
  const book = createAccountBook(options.now);

  const keeper = createLeaseKeeper({ exchange, book, now: options.now, leaseTtlMs, periodMs });
  const timer = setInterval(keeper.renew, periodMs);
  timer.unref();
  return {
    hold(client, nanoUsd) {
      if (client.limits.budgetDayUsd === undefined && client.limits.budgetMonthUsd === undefined) return UNLIMITED;
      const accounts = book.concerned(client);
      const nowMs = options.now();
      const hold = tryHold(accounts, nanoUsd, nowMs);
      if (hold === undefined) return holdLater(accounts, nanoUsd, { exchange, now: options.now });
      for (const account of accounts) fetchAhead(account, nowMs, exchange);
      return hold;
    },
    status: (clientId) => book.of(clientId).map(statusOf),
    renew: keeper.renew,
    flushLeases: keeper.giveBackAll,
    async close() {
      clearInterval(timer);
      await keeper.giveBackAll();
    },
  };
}

function tryHold(accounts: readonly BudgetAccount[], nanoUsd: NanoUsd, nowMs: number): Hold | undefined {
  for (const account of accounts) {
    loseExpired(account, nowMs);
    if (!fits(account, nanoUsd)) return undefined;
  }
  for (const account of accounts) take(account, nanoUsd);
  let open = true;
  return {
    settle(spentNanoUsd) {
      if (!open) return;
      open = false;
      // The accounts of the moment of the hold: a call that began before midnight is settled in the day it began.
      for (const account of accounts) settle(account, nanoUsd, spentNanoUsd);
    },
  };
}

/** Leases the next slice before the present one is used up, so that no call waits for it. */
function fetchAhead(account: BudgetAccount, nowMs: number, exchange: LeaseExchange): void {
  const low = available(account) * 2 < account.slice;
  const more = (account.remaining ?? 0) > account.largestHold && nowMs >= account.exhaustedUntilMs;
  if (low && more && exchange.underWay(account) === undefined && exchange.outage() === undefined) {
    void exchange.refill(account);
  }
}

async function holdLater(
  accounts: readonly BudgetAccount[],
  nanoUsd: NanoUsd,
  { exchange, now }: { exchange: LeaseExchange; now(): number },
): Promise<Hold> {
  for (const account of accounts) account.demand += nanoUsd;
  try {
    for (;;) {
      const hold = tryHold(accounts, nanoUsd, now());
      if (hold !== undefined) {
        for (const account of accounts) fetchAhead(account, now(), exchange);
        return hold;
      }
      // Calls that need the same lease wait for one query; whoever still lacks after it starts the next.
      const lacking = accounts.find((account) => !fits(account, nanoUsd));
      if (lacking !== undefined) {
        await (exchange.underWay(lacking) ?? refillOrRefuse(lacking, now(), exchange));
      }
    }
  } finally {
    for (const account of accounts) account.demand -= nanoUsd;
  }
}

function refillOrRefuse(account: BudgetAccount, nowMs: number, exchange: LeaseExchange): Promise<void> {
  const { window, limitNanoUsd, resetsAtMs, clientId } = account;
  if (nowMs < account.exhaustedUntilMs) {
    const resets = new Date(resetsAtMs).toISOString();
    throw new GatewayError(
      'budget_exceeded',
      `The ${window} budget of $${formatUsd(limitNanoUsd)} of client ${clientId} is spent or reserved by calls in flight. It resets at ${resets}; raise the budget to go on before.`,
      { retryAfterMs: Math.max(0, resetsAtMs - nowMs) },
    );
  }
  const outage = exchange.outage();
  if (outage !== undefined) {
    throw new GatewayError(
      'storage_unavailable',
      `The ${window} budget of client ${clientId} cannot be checked: the database does not answer and the part of the budget leased by this gateway is used up.`,
      { retryAfterMs: RETRY_MS, cause: outage },
    );
  }
  return exchange.refill(account);
}

function statusOf(account: BudgetAccount): BudgetStatus {
  return {
    window: account.window,
    windowStart: account.start,
    resetsAtMs: account.resetsAtMs,
    limitNanoUsd: account.limitNanoUsd,
    heldNanoUsd: account.held,
    availableNanoUsd: Math.max(0, available(account)),
  };
}
