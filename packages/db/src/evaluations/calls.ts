import type { Cost } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';

/** A paid call as it stands in the ledger. */
export type CallRecord = { reply: unknown; cost: Cost; latencyMs: number };

export type CallClaim = {
  /** SHA-256 of everything the reply depends on. */
  key: Buffer;
  runId: string;
  purpose: 'reply' | 'verdict';
  modelId: string;
  /** The worker that makes the call. */
  holder: string;
  leaseMs: number;
  /** The most the call can cost. */
  reserveNanoUsd: number;
};
export type ClaimOutcome = 'claimed' | 'taken' | 'ceiling' | 'stopped';

/**
 * The ledger of paid calls. Law: what a run spent, perhaps lost and holds never exceeds its ceiling; a reply that was
 * written down is never paid again, by whatever run.
 */
export function evaluationCallsRepository({ pool }: Database) {
  return {
    /** The reply to this very call, if anybody has paid for it. */
    async find(key: Buffer): Promise<CallRecord | undefined> {
      const { rows } = await pool.query<{ reply: unknown; cost: Cost; latency_ms: number }>(
        `select reply, cost, latency_ms from evaluation_calls where key = $1 and status = 'done'`,
        [key],
      );
      return rows.map(({ reply, cost, latency_ms }) => ({ reply, cost, latencyMs: latency_ms }))[0];
    },
    /** Holds the call and its cost. `taken`: somebody makes it, or has made it. */
    async claim(claim: CallClaim): Promise<ClaimOutcome> {
      const { key, runId, purpose, modelId, holder, leaseMs, reserveNanoUsd } = claim;
      const { rows } = await pool.query<{ outcome: ClaimOutcome }>(
        'select claim_evaluation_call($1, $2, $3, $4, $5, $6, $7) as outcome',
        [key, runId, purpose, modelId, holder, leaseMs, reserveNanoUsd],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('claim_evaluation_call returned no row');
      return row.outcome;
    },
    /** Writes the reply down. Safe to repeat: the second time nothing is spent twice. */
    async settle(claim: CallClaim, { reply, cost, latencyMs }: CallRecord): Promise<void> {
      const spent = cost.status === 'unknown' ? null : cost.nanoUsd;
      const { key, runId, purpose, modelId, holder } = claim;
      await pool.query('select settle_evaluation_call($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
        key,
        runId,
        purpose,
        modelId,
        holder,
        storable(reply),
        JSON.stringify(cost),
        spent,
        latencyMs,
      ]);
    },
    /** Takes a claim back. `lost`: the provider may have charged for it all the same. */
    async release(key: Buffer, holder: string, lost: boolean): Promise<void> {
      await pool.query('select release_evaluation_call($1, $2, $3)', [key, holder, lost]);
    },
    /** Says that a worker is alive; a claim that is not extended is given up by `sweep`. */
    async extend(holder: string, leaseMs: number): Promise<void> {
      await pool.query(
        `update evaluation_calls set lease_expires_at = clock_timestamp() + $2 * interval '1 millisecond'
         where holder = $1 and status = 'started'`,
        [holder, leaseMs],
      );
    },
    /** Says that a worker is dead: `sweep` gives its claims up at once. */
    async abandon(holder: string): Promise<void> {
      await pool.query(
        `update evaluation_calls set lease_expires_at = '-infinity' where holder = $1 and status = 'started'`,
        [holder],
      );
    },
    /** Gives up the claims of workers that died; returns how many. */
    async sweep(): Promise<number> {
      const { rows } = await pool.query<{ swept: string }>('select sweep_evaluation_calls()::text as swept');
      return Number(rows[0]?.swept ?? 0);
    },
  };
}

/** PostgreSQL's JSON cannot hold NUL, nor half of a surrogate pair; models write both. */
export function storable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\u0000', '\ufffd').toWellFormed() : part,
  );
}
