import { LRUCache } from 'lru-cache';
import type { Caller } from '../pipeline/authenticate.ts';

const MOST_KEYS = 20_000;

export type KeyDirectory = {
  findCaller(secret: string): Caller | undefined | Promise<Caller | undefined>;
  /** Forgets everything: keys, clients or policies changed. */
  drop(): void;
};

/**
 * Callers by key, looked up once and kept until the configuration revision moves. Keys that do not exist are kept too,
 * so that a flood of wrong keys costs the database nothing. Only hashes are held.
 */
export function createKeyDirectory(options: {
  hash(secret: string): string;
  find(hash: string): Promise<Caller | undefined>;
}): KeyDirectory {
  const known = new LRUCache<string, { caller: Caller | undefined }>({ max: MOST_KEYS });
  const underway = new Map<string, Promise<Caller | undefined>>();
  let generation = 0;

  const load = (hash: string) => {
    const startedIn = generation;
    const loading = options
      .find(hash)
      .then((caller) => {
        // What was read before a change must not outlive it.
        if (startedIn === generation) known.set(hash, { caller });
        return caller;
      })
      .finally(() => {
        if (underway.get(hash) === loading) underway.delete(hash);
      });
    underway.set(hash, loading);
    return loading;
  };

  return {
    findCaller(secret) {
      const hash = options.hash(secret);
      const entry = known.get(hash);
      return entry === undefined ? (underway.get(hash) ?? load(hash)) : entry.caller;
    },
    drop() {
      generation += 1;
      known.clear();
      underway.clear();
    },
  };
}
