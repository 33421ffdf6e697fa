/** Picks at every setting of a trade-off between quality and cost: rows x settings, each a model of the pool. */
export type Picks = { settings: number; data: Uint8Array };

const STEPS_PER_DECADE = 10;
const DECADES = { lowest: -3, highest: 2.5 };

/**
 * Worth of money in quality per dollar: from one at which quality alone counts to one at which hardly anything but cost
 * does. `scaleUsd` is what a request costs at the dearest model.
 */
export function tradeOffs(scaleUsd: number): Float64Array {
  const steps = Math.round((DECADES.highest - DECADES.lowest) * STEPS_PER_DECADE);
  return Float64Array.from({ length: steps + 2 }, (_, n) =>
    n === 0 ? 0 : 10 ** (DECADES.lowest + (n - 1) / STEPS_PER_DECADE) / scaleUsd,
  );
}

/** The model with the highest quality less `worth` x cost; the cheaper of equals. */
export function pick(quality: ArrayLike<number>, costUsd: ArrayLike<number>, worth: number): number {
  let best = 0;
  let bestValue = Number.NEGATIVE_INFINITY;
  for (let m = 0; m < quality.length; m += 1) {
    const value = (quality[m] ?? 0) - worth * (costUsd[m] ?? 0);
    if (value > bestValue || (value === bestValue && (costUsd[m] ?? 0) < (costUsd[best] ?? 0))) {
      best = m;
      bestValue = value;
    }
  }
  return best;
}

/** Picks of all rows at all trade-offs, from what each model is expected to score and cost. */
export function picksAt(
  worths: Float64Array,
  quality: readonly ArrayLike<number>[],
  costs: readonly ArrayLike<number>[],
): Picks {
  const settings = worths.length;
  const data = new Uint8Array(quality.length * settings);
  quality.forEach((scores, row) => {
    worths.forEach((worth, s) => {
      data[row * settings + s] = pick(scores, costs[row] ?? [], worth);
    });
  });
  return { settings, data };
}

/** One setting per model: always that model. */
export function fixedPicks(rows: number, models: number): Picks {
  return { settings: models, data: Uint8Array.from({ length: rows * models }, (_, i) => i % models) };
}
