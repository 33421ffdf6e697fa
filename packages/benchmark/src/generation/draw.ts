import type { Random } from '@pointsman/statistics';

/** Choices from a stream of random numbers: the same stream, the same choices. */
export type Draw = {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** A multiple of `step` from `least` to `most`, both multiples themselves. */
  step(least: number, most: number, step: number): number;
  /** @throws {Error} when there is nothing to pick from. */
  pick<T>(from: readonly T[]): T;
  /** So many different ones, in random order. @throws {Error} when there are fewer. */
  sample<T>(from: readonly T[], size: number): T[];
  shuffle<T>(from: readonly T[]): T[];
  /** True with this probability, 0 to 1. */
  chance(share: number): boolean;
};

export function drawFrom(random: Random): Draw {
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const shuffle = <T>(from: readonly T[]): T[] => {
    const rest = [...from];
    return from.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1));
  };
  return {
    int,
    step: (least, most, step) => step * int(least / step, most / step),
    pick: (from) => at(from, int(0, from.length - 1)),
    sample(from, size) {
      if (from.length < size) throw new Error(`${size} of ${from.length} cannot be drawn`);
      return shuffle(from).slice(0, size);
    },
    shuffle,
    chance: (share) => random() < share,
  };
}

/** The item at a place that is known to exist. @throws {Error} when it does not: a mistake in a template. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index} among ${items.length}`);
  return item;
}
