import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { translateStorageError } from './storage-unavailable.ts';

export type DatabaseOptions = {
  /** `postgres://user:password@host:port/name`; `sslmode` and the like as node-postgres reads them. */
  url: string;
  /** Most connections at once; default 10. */
  poolSize?: number | undefined;
  /** How the connections show up in `pg_stat_activity`. */
  applicationName?: string | undefined;
  /** Told of connections that broke while idle. They are replaced; nothing needs doing. */
  onError?: ((error: Error) => void) | undefined;
};

export type Database = {
  readonly pool: Pool;
  readonly orm: NodePgDatabase;
  /** Resolves when a query has been answered; rejects with `StorageUnavailable`. */
  ping(): Promise<void>;
  /** Waits for running queries, then closes every connection. Safe to call twice. */
  close(): Promise<void>;
};

// A gateway request must not hang on storage: no connection within 3 s or no answer within 10 s is an outage. The
// client-side limit catches what the server cannot report, a network that swallows packets.
const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 12_000;

/** A pool of connections, opened on first use: it does not fail when the server is down, the first query does. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    application_name: options.applicationName ?? 'pointsman',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  let closed: Promise<void> | undefined;
  const report = (error: Error) => {
    // The last goodbye of a server that stops right after us is nobody's loss.
    if (closed === undefined) options.onError?.(error);
  };
  pool.on('error', report);
  // A checked-out client without a listener would turn a lost connection into an uncaught exception.
  pool.on('connect', (client) => client.on('error', report));
  return {
    pool,
    orm: drizzle({ client: pool }),
    async ping() {
      try {
        await pool.query('select 1');
      } catch (error) {
        throw translateStorageError(error);
      }
    },
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}
