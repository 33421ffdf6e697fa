import { type NanoUsd, utcDay } from '@pointsman/contracts';
import type { Database } from './open-database.ts';
import { safeInteger } from './safe-integer.ts';
import { utcMonthStart } from './utc-month-start.ts';

export type BudgetWindow = 'day' | 'month';

export type LeaseRequest = {
  nodeId: string;
  clientId: string;
  window: BudgetWindow;
  /** First UTC day of the window, `YYYY-MM-DD`. */
  windowStart: string;
  limitNanoUsd: NanoUsd;
  wantNanoUsd: NanoUsd;
  ttlMs: number;
  /** Milliseconds since 1970. Nodes' clocks may differ by much less than the ttl. */
  now: number;
};

export type LeaseGrant = {
  /** 0 when nothing is left. */
  grantedNanoUsd: NanoUsd;
  /** Limit less spent less every live lease, this grant included; 0 when overspent. */
  remainingNanoUsd: NanoUsd;
  spentNanoUsd: NanoUsd;
};

export type Lease = { clientId: string; window: BudgetWindow; windowStart: string; remainingNanoUsd: NanoUsd };

export type ReleaseRequest = {
  nodeId: string;
  clientId: string;
  window: BudgetWindow;
  windowStart: string;
  nanoUsd: NanoUsd;
};

export type WindowStatus = {
  windowStart: string;
  spentNanoUsd: NanoUsd;
  /** Held by live leases, not spent yet. */
  leasedNanoUsd: NanoUsd;
  /** Requests whose cost nobody knows; they are not in `spentNanoUsd`. */
  unknownCostCount: number;
};

type Strings<K extends string> = Record<K, string>;

async function statusOf(
  database: Database,
  clientId: string,
  window: { kind: BudgetWindow; start: string; now: Date },
): Promise<WindowStatus> {
  const { rows } = await database.pool.query<Strings<'spent' | 'leased' | 'unknown'>>(
    `select coalesce(sum(w.spent_nano_usd), 0)::text as spent, coalesce(sum(w.unknown_cost_count), 0)::text as unknown,
       (select coalesce(sum(l.remaining_nano_usd), 0)::text from budget_leases l
        where l.client_id = $1 and l.window_kind = $2 and l.window_start = $3::date and l.expires_at > $4) as leased
     from budget_windows w where w.client_id = $1 and w.window_kind = $2 and w.window_start = $3::date`,
    [clientId, window.kind, window.start, window.now],
  );
  return {
    windowStart: window.start,
    spentNanoUsd: safeInteger(rows[0]?.spent ?? '0'),
    leasedNanoUsd: safeInteger(rows[0]?.leased ?? '0'),
    unknownCostCount: safeInteger(rows[0]?.unknown ?? '0'),
  };
}

// A window is kept an hour after its end, for the requests that started in it.
const RENEW_LEASES = `
  with held as (
    select client_id, window_kind, window_start, remaining_nano_usd > 0 and $2::timestamptz at time zone 'UTC'
      < window_start + (case window_kind when 'day' then '1 day 1 hour' else '1 month 1 hour' end)::interval as useful
    from budget_leases where node_id = $1
    order by client_id, window_kind, window_start for update
  ), ended as (
    delete from budget_leases l using held
    where not held.useful and l.node_id = $1 and l.client_id = held.client_id
      and l.window_kind = held.window_kind and l.window_start = held.window_start
  )
  update budget_leases l set expires_at = $3 from held
  where held.useful and l.node_id = $1 and l.client_id = held.client_id
    and l.window_kind = held.window_kind and l.window_start = held.window_start
  returning l.client_id, l.window_kind, to_char(l.window_start, 'YYYY-MM-DD') as window_start,
    l.remaining_nano_usd::text as remaining`;

async function renewLeases(database: Database, nodeId: string, [now, expiresAt]: [Date, Date]): Promise<Lease[]> {
  const { rows } = await database.pool.query<
    Strings<'client_id' | 'window_start' | 'remaining'> & { window_kind: BudgetWindow }
  >(RENEW_LEASES, [nodeId, now, expiresAt]);
  return rows.map((row) => ({
    clientId: row.client_id,
    window: row.window_kind,
    windowStart: row.window_start,
    remainingNanoUsd: safeInteger(row.remaining),
  }));
}

/**
 * Spending limits shared by many gateways. Law: what is spent and what is leased never exceed the limit, as long as a
 * node spends only from leases it holds. Settling is part of `decisions.insertBatch`.
 */
export function budgetsRepository(database: Database) {
  return {
    /** Adds up to `wantNanoUsd` to the node's lease, after taking back the leases that expired. */
    async lease(request: LeaseRequest): Promise<LeaseGrant> {
      const { rows } = await database.pool.query<Strings<'granted' | 'remaining' | 'spent'>>(
        'select granted::text, remaining::text, spent::text from lease_budget($1, $2, $3, $4::date, $5, $6, $7, $8)',
        [
          request.nodeId,
          request.clientId,
          request.window,
          request.windowStart,
          request.limitNanoUsd,
          request.wantNanoUsd,
          request.ttlMs,
          new Date(request.now),
        ],
      );
      const [grant] = rows;
      if (grant === undefined) throw new Error('lease_budget returned no row');
      return {
        grantedNanoUsd: safeInteger(grant.granted),
        remainingNanoUsd: safeInteger(grant.remaining),
        spentNanoUsd: safeInteger(grant.spent),
      };
    },

    /**
     * Extends every lease the node still has, drops those that are used up or whose window is over, and returns the
     * rest. One that is missing was taken back: stop spending from it.
     */
    renew: (nodeId: string, ttlMs: number, now: number) =>
      renewLeases(database, nodeId, [new Date(now), new Date(now + ttlMs)]),

    /** Gives back part of a lease; at most what is left of it. */
    async release({ nodeId, clientId, window, windowStart, nanoUsd }: ReleaseRequest): Promise<void> {
      await database.pool.query(
        `update budget_leases set remaining_nano_usd = greatest(0, remaining_nano_usd - $5)
         where node_id = $1 and client_id = $2 and window_kind = $3 and window_start = $4::date`,
        [nodeId, clientId, window, windowStart, nanoUsd],
      );
    },

    /** What a client spent and holds, on the UTC day and in the UTC month of `now` (milliseconds since 1970). */
    async status(clientId: string, now: number): Promise<Record<BudgetWindow, WindowStatus>> {
      const at = new Date(now);
      const [day, month] = await Promise.all([
        statusOf(database, clientId, { kind: 'day', start: utcDay(now), now: at }),
        statusOf(database, clientId, { kind: 'month', start: utcMonthStart(now), now: at }),
      ]);
      return { day, month };
    },
  };
}
