import { Pool } from 'undici';

/** Servers commonly keep idle connections for a minute; undici's own 4 s would cost a TLS handshake at every lull. */
const KEEP_ALIVE_MS = 30_000;

export type PoolOptions = {
  connections: number;
  connectMs: number;
};

/** One bounded connection pool per provider origin. HTTP/1.1 on purpose: each stream has a socket that can be cut alone. */
export class ProviderPools {
  readonly #options: PoolOptions;
  readonly #pools = new Map<string, Pool>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** The pool for an origin. TCP_NODELAY is undici's default on every socket. */
  poolFor(origin: string): Pool {
    const known = this.#pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, {
      connections: this.#options.connections,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: { timeout: this.#options.connectMs },
      // An exchange has its own, exact timers.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#pools.set(origin, pool);
    return pool;
  }

  /** True when as many requests wait for a connection as there are connections: more waiting helps nobody. */
  isFull(pool: Pool): boolean {
    return pool.stats.queued >= this.#options.connections;
  }

  /** Ends all connections; requests under way fail. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }
}
