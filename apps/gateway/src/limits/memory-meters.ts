import { LRUCache } from 'lru-cache';
import { drained, longestWait, type MeterStore } from './meter.ts';

/**
 * Most meters remembered at once (about 20 MB). A meter forgotten for being the least recently used starts empty: with
 * four meters per request that takes 25,000 other keys in between.
 */
const CAPACITY = 100_000;

type Level = { used: number; at: number };

/** Levels in this process. Synchronous, so a booking is atomic without a lock. */
export function createMemoryMeters(options: { now(): number }): MeterStore {
  const levels = new LRUCache<string, Level>({ max: CAPACITY });

  function levelOf(id: string, limit: number, now: number): Level {
    let level = levels.get(id);
    if (level === undefined) {
      level = { used: 0, at: now };
      levels.set(id, level);
    } else if (now !== level.at) {
      level.used = drained(level.used, limit, now - level.at);
      // Also when the clock was set back: draining starts again from there, not when it has caught up.
      level.at = now;
    }
    return level;
  }

  const store: MeterStore = {
    book(meters) {
      const now = options.now();
      const current = meters.map((meter) => levelOf(meter.id, meter.limit, now));
      const refused = longestWait(
        meters,
        current.map((level) => level.used),
      );
      if (refused === undefined) {
        for (const [index, meter] of meters.entries()) {
          const level = current[index];
          if (level !== undefined) level.used += meter.amount;
        }
      }
      return { used: current.map((level) => level.used), refused, store };
    },
    correct(meters, difference) {
      const now = options.now();
      for (const meter of meters) {
        const level = levelOf(meter.id, meter.limit, now);
        level.used = Math.max(0, level.used + difference);
      }
    },
    close: () => Promise.resolve(),
  };
  return store;
}
