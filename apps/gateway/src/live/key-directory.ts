import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '@pointsman/contracts';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../pipeline/authenticate.ts';

const MOST_KEYS = 20_000;
/** A look-up takes a few milliseconds: one that takes longer than this waits for a database that may be away. */
const PATIENCE_MS = 250;

export type KeyDirectory = {
  findCaller(secret: string): Caller | undefined | Promise<Caller | undefined>;
  /** Reads everything anew when it is next asked for: keys, clients or policies changed. */
  drop(): void;
};

type Entry = { caller: Caller | undefined; generation: number };
type LookUp = { answer: Promise<Caller | undefined>; patience: Promise<void> };

/**
 * Callers by key, looked up once and kept until the configuration revision moves. Keys that do not exist are kept too,
 * so that a flood of wrong keys costs the database nothing. Only hashes are held. When the database goes away right after
 * a change, callers known before it are served as before, as they are when it goes away right before one.
 */
export function createKeyDirectory(options: {
  hash(secret: string): string;
  find(hash: string): Promise<Caller | undefined>;
  patienceMs?: number | undefined;
}): KeyDirectory {
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const known = new LRUCache<string, Entry>({ max: MOST_KEYS });
  const underway = new Map<string, LookUp>();
  let generation = 0;

  const lookUp = (hash: string): LookUp => {
    const startedIn = generation;
    const answer = options
      .find(hash)
      .then((caller) => {
        // What was read before a change must not outlive it.
        if (startedIn === generation) known.set(hash, { caller, generation });
        return caller;
      })
      .finally(() => {
        if (underway.get(hash) === started) underway.delete(hash);
      });
    const started = { answer, patience: sleep(patienceMs, undefined, { ref: false }) };
    underway.set(hash, started);
    return started;
  };

  return {
    findCaller(secret) {
      const hash = options.hash(secret);
      const entry = known.get(hash);
      if (entry?.generation === generation) return entry.caller;
      const started = underway.get(hash) ?? lookUp(hash);
      return entry?.caller === undefined ? started.answer : orAsBefore(started, entry.caller);
    },
    drop() {
      generation += 1;
      underway.clear();
    },
  };
}

/** What is read anew, unless the database does not answer. */
function orAsBefore({ answer, patience }: LookUp, before: Caller): Promise<Caller | undefined> {
  const readAnew = answer.catch((error: unknown) => {
    if (error instanceof GatewayError && error.code === 'storage_unavailable') return before;
    throw error;
  });
  return Promise.race([readAnew, patience.then(() => before)]);
}
