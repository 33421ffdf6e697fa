import type { Rubric } from '@pointsman/contracts';

export type Scale = readonly [number, number];

/** The judge's raw scores: the rubric's choices as scores. */
export const RAW_SCALE: Scale = [0, 1];

/** The scale on which people rate by a rubric, [worst, best]. */
export function peopleScale({ choices }: Rubric): [number, number] {
  const ratings = choices.map(({ rating }) => rating);
  return [Math.min(...ratings), Math.max(...ratings)];
}

/** The same place on another scale. */
export function stretched(value: number, from: Scale, to: Scale): number {
  return to[0] + ((value - from[0]) / (from[1] - from[0])) * (to[1] - to[0]);
}
