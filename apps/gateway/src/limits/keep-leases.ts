import type { AccountBook } from './account-book.ts';
import { available, renewed, surrender, surrenderSurplus } from './budget-account.ts';
import type { LeaseExchange } from './lease-exchange.ts';

export type LeaseKeeper = {
  /** Prolongs the leases and gives back what is not needed. Never rejects; calls that overlap are one. */
  renew(): Promise<void>;
  /** Gives back all that no call holds. Never rejects. */
  giveBackAll(): Promise<void>;
};

export type LeaseKeeperOptions = {
  exchange: LeaseExchange;
  book: AccountBook;
  now(): number;
  leaseTtlMs: number;
  /** How often `renew` is meant to be called. */
  periodMs: number;
};

/** Keeps the leases of this node alive and no larger than needed. */
export function createLeaseKeeper({ exchange, book, now, leaseTtlMs, periodMs }: LeaseKeeperOptions): LeaseKeeper {
  let renewing: Promise<void> | undefined;
  let tidiedAtMs = now();

  async function renewAll(): Promise<void> {
    const startedAtMs = now();
    // What counts as lately settled or as idle is measured in periods, however often this is called.
    const tidy = startedAtMs - tidiedAtMs >= periodMs / 2;
    // A lease that changes hands meanwhile is in the answer or not: its account waits for the next renewal.
    const accounts = book.all().filter((account) => exchange.underWay(account) === undefined);
    const granted = new Map(accounts.map((account) => [account, account.granted]));
    const found = await exchange.renew(startedAtMs);
    // It may have reached a lease that was granted meanwhile, and then ends that one early.
    for (const account of book.all()) account.expiresAtMs = Math.min(account.expiresAtMs, startedAtMs + leaseTtlMs);
    if (found === undefined) return;
    if (tidy) tidiedAtMs = startedAtMs;
    const sizes = new Map(found.map((lease) => [`${lease.clientId} ${lease.window} ${lease.windowStart}`, lease]));
    for (const account of accounts) {
      if (exchange.underWay(account) !== undefined || account.granted !== granted.get(account)) continue;
      const lease = sizes.get(`${account.clientId} ${account.window} ${account.start}`);
      renewed(account, lease?.remainingNanoUsd, startedAtMs + leaseTtlMs);
      if (tidy) surrenderSurplus(account, startedAtMs, leaseTtlMs / periodMs);
      if (account.returning > 0) void exchange.giveBack(account);
    }
    await Promise.all(accounts.map((account) => exchange.underWay(account)));
    book.forgetEmpty();
  }

  return {
    renew() {
      renewing ??= renewAll().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    async giveBackAll() {
      await Promise.all(
        book.all().map(async (account) => {
          await exchange.underWay(account);
          surrender(account, available(account));
          await exchange.giveBack(account);
        }),
      );
    },
  };
}
