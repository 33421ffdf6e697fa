import { seededRandom } from '@pointsman/statistics';
import type { HeldOutFold, HeldOutMethod } from '../splits/hold-out.ts';
import { bootstrap, type Estimate, numberGroups, type Resampling } from './group-totals.ts';

/** What a router's choices bring over the same choices dealt out to requests at random, per request. */
export type MinusShuffle = { quality: Estimate; costUsd: Estimate };

/**
 * Compares the choices at a fixed trade-off (by its index among the targets) with their permutations within each fold:
 * the same models equally often, so at about the same cost. Every resample draws groups and a permutation of its own.
 */
export function measureMinusShuffle(
  folds: readonly HeldOutFold[],
  { method, target }: { method: string; target: number },
  resampling: Resampling,
): MinusShuffle {
  const random = seededRandom(`shuffle ${resampling.seed}`);
  const { of: groupOf, count } = numberGroups(folds.flatMap(({ rows }) => rows.map(({ group }) => group)));
  const chosen = folds.map((fold) => ({ fold, models: chosenModels(fold.methods.get(method), fold, target, random) }));
  const measure = (weights: Float64Array): number[] => {
    let [requests, quality, cost, n] = [0, 0, 0, 0];
    for (const { fold, models } of chosen) {
      const dealt = shuffled(models, random);
      for (const [r, row] of fold.rows.entries()) {
        const weight = weights[groupOf[n] ?? 0] ?? 0;
        const [own, other] = [models[r] ?? 0, dealt[r] ?? 0];
        requests += weight;
        quality += weight * ((row.quality[own] ?? 0) - (row.quality[other] ?? 0));
        cost += weight * ((row.costUsd[own] ?? 0) - (row.costUsd[other] ?? 0));
        n += 1;
      }
    }
    return [quality / requests, cost / requests];
  };
  const [quality, costUsd] = bootstrap(count, measure, resampling);
  if (quality === undefined || costUsd === undefined) throw new RangeError('nothing was compared');
  return { quality, costUsd };
}

function chosenModels(
  method: HeldOutMethod | undefined,
  { rows, cheapest, strongest }: HeldOutFold,
  target: number,
  random: () => number,
): Uint8Array {
  const mix = method?.fixed[target];
  if (method === undefined || mix === undefined) throw new RangeError('the method was not applied to this fold');
  const { settings, data } = method.picks;
  return Uint8Array.from(rows, (_, r) => {
    const setting = random() < mix.share ? mix.high : mix.low;
    if (setting < settings) return data[r * settings + setting] ?? 0;
    return setting === settings ? cheapest : strongest;
  });
}

function shuffled(values: Uint8Array, random: () => number): Uint8Array {
  const result = values.slice();
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const swapped = result[i] ?? 0;
    result[i] = result[j] ?? 0;
    result[j] = swapped;
  }
  return result;
}
