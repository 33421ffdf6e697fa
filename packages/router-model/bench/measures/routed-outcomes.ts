import type { PoolRow } from '../data/pool.ts';
import type { Mix } from './cost-quality-hull.ts';
import { sizingOf } from './sizing.ts';
import type { Picks } from './trade-offs.ts';

/** What is summed up of every routed request. */
export const OUTCOMES = ['cost', 'quality', 'oversized', 'overTwice', 'undersized'] as const;
const WIDTH = OUTCOMES.length;

/** Per model of the pool the outcomes of one request, one model after the other. */
export function outcomesOf(row: PoolRow, strongest: number): Float64Array {
  const sizing = sizingOf(row, strongest);
  return Float64Array.from(
    sizing.flatMap(({ oversized, overTwice, undersized }, m) => [
      row.costUsd[m] ?? 0,
      row.quality[m] ?? 0,
      oversized,
      overTwice,
      undersized,
    ]),
  );
}

/** How requests of one fold are routed: the probability of each model, by row and setting. */
export type Routes = {
  settings: number;
  /** Adds `share` times the outcomes of a row at a setting to `target`, from `offset` on: the first `width` of them. */
  add(at: { row: number; setting: number; share: number }, target: Float64Array, offset: number, width?: number): void;
};

/** Routes that follow the picks. Two further settings are always the cheapest and always the strongest model. */
export function pickedRoutes(
  picks: Picks,
  outcomes: readonly Float64Array[],
  ends: { cheapest: number; strongest: number },
): Routes {
  const extra = [ends.cheapest, ends.strongest];
  return {
    settings: picks.settings,
    add({ row, setting, share }, target, offset, width = WIDTH) {
      const model =
        setting < picks.settings
          ? (picks.data[row * picks.settings + setting] ?? 0)
          : (extra[setting - picks.settings] ?? 0);
      const own = outcomes[row];
      for (let c = 0; c < width; c += 1)
        target[offset + c] = (target[offset + c] ?? 0) + share * (own?.[model * WIDTH + c] ?? 0);
    },
  };
}

/**
 * Routes that give every request the same chances of each model as the picks' shares over all requests of the fold: the
 * mean over all permutations of the picks.
 */
export function shuffledRoutes(
  picks: Picks,
  outcomes: readonly Float64Array[],
  ends: { cheapest: number; strongest: number },
): Routes {
  const models = (outcomes[0]?.length ?? 0) / WIDTH;
  const extra = [ends.cheapest, ends.strongest].map((end) =>
    Float64Array.from({ length: models }, (_, m) => (m === end ? 1 : 0)),
  );
  const shares = Array.from({ length: picks.settings }, () => new Float64Array(models));
  for (let i = 0; i < picks.data.length; i += 1) {
    const share = shares[i % picks.settings];
    const model = picks.data[i] ?? 0;
    if (share !== undefined) share[model] = (share[model] ?? 0) + 1 / outcomes.length;
  }
  return {
    settings: picks.settings,
    add({ row, setting, share }, target, offset, width = WIDTH) {
      const chances = setting < picks.settings ? shares[setting] : extra[setting - picks.settings];
      const own = outcomes[row];
      chances?.forEach((chance, m) => {
        if (chance === 0) return;
        for (let c = 0; c < width; c += 1)
          target[offset + c] = (target[offset + c] ?? 0) + share * chance * (own?.[m * WIDTH + c] ?? 0);
      });
    },
  };
}

/** Adds the outcomes of a row under a mix of settings. */
export function addMixed(
  routes: Routes,
  row: number,
  { low, high, share }: Mix,
  place: { target: Float64Array; offset: number },
): void {
  routes.add({ row, setting: low, share: 1 - share }, place.target, place.offset);
  routes.add({ row, setting: high, share }, place.target, place.offset);
}
