import type { Dimension } from '@pointsman/contracts';

/** The usual order; stored objects have another one. */
const DIMENSIONS = [
  'factual_accuracy',
  'coherence',
  'relevance',
  'completeness',
  'tone',
  'safety',
] as const satisfies readonly Dimension[];

export const METRICS = ['overall', ...DIMENSIONS] as const;

/** What is kept by dimension, in the usual order. */
export const byDimension = <T>(values: Readonly<Partial<Record<Dimension, T>>>): { dimension: Dimension; value: T }[] =>
  DIMENSIONS.flatMap((dimension) => {
    const value = values[dimension];
    return value === undefined ? [] : [{ dimension, value }];
  });
