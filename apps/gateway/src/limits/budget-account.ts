import type { NanoUsd } from '@pointsman/contracts';
import type { BudgetWindow, WindowSpan } from './budget-window.ts';

/** What this node knows of one client's budget in one window: the slice it leased, and what became of it. */
export type BudgetAccount = WindowSpan & {
  clientId: string;
  window: BudgetWindow;
  limitUsd: number;
  limitNanoUsd: NanoUsd;
  /** Leased from the database and neither given back nor lost; contains what is held and settled. */
  granted: NanoUsd;
  /** Reserved by calls in flight. */
  held: NanoUsd;
  /** Spent by calls that ended; the recorder tells the database, which then shrinks the lease by as much. */
  settled: NanoUsd;
  /** To be given back to the database. */
  returning: NanoUsd;
  /** Something was given back without an answer: the next renewal tells what came of it. */
  inDoubt: boolean;
  /** When the database may give the lease to somebody else. */
  expiresAtMs: number;
  /** Left in the database after the last exchange, for any node to lease; undefined until the first. */
  remaining: NanoUsd | undefined;
  /** The last grant, to know when to fetch the next one in advance. */
  slice: NanoUsd;
  /** Sum of what waiting calls need. */
  demand: NanoUsd;
  /** The database had nothing left a moment ago: no question until then. */
  exhaustedUntilMs: number;
  /** Settled since the last renewal, and between the two before: what the database may not have seen yet. */
  recent: [current: NanoUsd, previous: NanoUsd];
  largestHold: NanoUsd;
  /** Renewals since a call last held or settled anything. */
  idleRenewals: number;
};

/** An account without a lease. */
export function openAccount(clientId: string, window: BudgetWindow, span: WindowSpan): BudgetAccount {
  return {
    ...span,
    clientId,
    window,
    limitUsd: Number.NaN,
    limitNanoUsd: 0,
    granted: 0,
    held: 0,
    settled: 0,
    returning: 0,
    inDoubt: false,
    expiresAtMs: Number.NEGATIVE_INFINITY,
    remaining: undefined,
    slice: 0,
    demand: 0,
    exhaustedUntilMs: Number.NEGATIVE_INFINITY,
    recent: [0, 0],
    largestHold: 0,
    idleRenewals: 0,
  };
}

/** What this node may still promise; negative when calls cost more than they had reserved. */
export function available(account: BudgetAccount): NanoUsd {
  return account.granted - account.held - account.settled;
}

/** A hold of nothing always fits. */
export function fits(account: BudgetAccount, nanoUsd: NanoUsd): boolean {
  return nanoUsd === 0 || available(account) >= nanoUsd;
}

export function take(account: BudgetAccount, nanoUsd: NanoUsd): void {
  account.held += nanoUsd;
  account.largestHold = Math.max(account.largestHold, nanoUsd);
  account.idleRenewals = 0;
}

export function settle(account: BudgetAccount, heldNanoUsd: NanoUsd, spentNanoUsd: NanoUsd): void {
  account.held -= heldNanoUsd;
  account.settled += spentNanoUsd;
  account.recent[0] += spentNanoUsd;
  account.idleRenewals = 0;
}

/** Stops counting on `nanoUsd` of the lease; the next exchange gives it back. */
export function surrender(account: BudgetAccount, nanoUsd: NanoUsd): void {
  const amount = Math.min(Math.max(0, nanoUsd), account.granted);
  account.granted -= amount;
  account.returning += amount;
}

/** Gives back whatever the database has leased to this node in this window, known here or not: a reply may have been lost. */
function surrenderAll(account: BudgetAccount): void {
  account.returning = Math.max(account.returning + account.granted, account.limitNanoUsd);
  account.granted = 0;
}

/**
 * Gives up a lease that ran out before it could be renewed: somebody else may have it now. Calls in flight and what was settled
 * lately may not have reached the database and will shrink the next lease, so they stay counted.
 */
export function loseExpired(account: BudgetAccount, nowMs: number): void {
  if (account.granted > 0 && nowMs >= account.expiresAtMs) lose(account);
}

function lose(account: BudgetAccount): void {
  account.returning += Math.max(0, available(account));
  account.granted = 0;
  account.settled = account.recent[0] + account.recent[1];
}

/**
 * Takes in what a renewal found: the lease is gone (somebody took it back), or lives on until `expiresAtMs`. What it holds beyond
 * everything this node can account for (a reply that was lost, a cost that turned out unknown) goes back.
 */
export function renewed(account: BudgetAccount, inDatabase: NanoUsd | undefined, expiresAtMs: number): void {
  account.inDoubt = false;
  if (inDatabase === undefined) {
    if (account.granted > 0) lose(account);
    return;
  }
  account.expiresAtMs = Math.max(account.expiresAtMs, expiresAtMs);
  // Calls settled lately may not be written yet: as much more may stand in the database.
  const unwritten = account.recent[0] + account.recent[1];
  const accounted = Math.max(0, available(account)) + account.held + unwritten + account.returning;
  account.returning += Math.max(0, inDatabase - accounted);
}

/** Puts the current limit in force: a lowered one calls back what was leased under the old one, a raised one is asked for anew. */
export function applyLimit(account: BudgetAccount, limitUsd: number, limitNanoUsd: NanoUsd): void {
  if (limitNanoUsd < account.limitNanoUsd) surrender(account, available(account));
  account.limitUsd = limitUsd;
  account.limitNanoUsd = limitNanoUsd;
  account.exhaustedUntilMs = Number.NEGATIVE_INFINITY;
}

/** Small calls a client keeps in hand while it sends nothing, so that a database away for a minute fails none of them. */
const RESERVE_HOLDS = 64;
const IDLE_RENEWALS = 20;

/** After each renewal: gives up what this node is unlikely to need before its lease ends, so that others can lease it. */
export function surrenderSurplus(account: BudgetAccount, nowMs: number, renewalsPerLease: number): void {
  const spentSinceRenewal = account.recent[0];
  account.recent = [0, spentSinceRenewal];
  account.idleRenewals += 1;
  const over = nowMs >= account.resetsAtMs || account.idleRenewals > IDLE_RENEWALS;
  if (over && account.held === 0 && account.idleRenewals > 1) {
    // Whatever was settled reached the database long ago: the whole rest of the lease goes back.
    if (account.granted > 0) surrenderAll(account);
    account.settled = 0;
    return;
  }
  const reserve = Math.min(RESERVE_HOLDS * account.largestHold, Math.ceil((account.remaining ?? 0) / 4));
  const keep = over ? 0 : Math.max(2 * renewalsPerLease * spentSinceRenewal, reserve);
  const surplus = available(account) - keep;
  if (surplus > available(account) / 2) surrender(account, surplus);
}

export function isEmpty(account: BudgetAccount): boolean {
  const { granted, held, settled, returning, inDoubt } = account;
  return granted === 0 && held === 0 && settled === 0 && returning === 0 && !inDoubt;
}
