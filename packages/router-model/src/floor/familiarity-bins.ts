import { at } from '../mathematics/matrix.ts';

/** The nine deciles of the values, at least one. */
export function decileEdges(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from({ length: 9 }, (_, n) => at(sorted, Math.round(((n + 1) / 10) * (sorted.length - 1))));
}

/** The bin of a value among `edges.length + 1`; a value on an edge is above it. */
export function binOf(value: number, edges: readonly number[]): number {
  return edges.filter((edge) => value >= edge).length;
}
