import { DIMENSIONS, type Dimension } from '@pointsman/contracts';

/** A record with what `make` gives for each of the six dimensions. */
export function byDimension<T>(make: (dimension: Dimension) => T): Record<Dimension, T> {
  const entries = DIMENSIONS.map((dimension) => [dimension, make(dimension)] as const);
  // The entries are the dimensions, all of them.
  return Object.fromEntries(entries) as Record<Dimension, T>;
}
