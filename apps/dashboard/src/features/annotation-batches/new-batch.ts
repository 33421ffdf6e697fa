import type { AnnotationFormat, BatchSource, Dimension } from '@pointsman/contracts';

// The browser gets types of the contracts only.
export const DIMENSION_NAMES: readonly Dimension[] = [
  'factual_accuracy',
  'coherence',
  'relevance',
  'completeness',
  'tone',
  'safety',
];
export const FORMATS: readonly AnnotationFormat[] = ['csv', 'jsonl', 'argilla', 'label-studio'];

/** A batch as its form holds it. */
export type NewBatch = {
  title: string;
  guidelines: string;
  kind: BatchSource['kind'];
  runId: string | undefined;
  clientId: string | undefined;
  format: AnnotationFormat;
  content: string | undefined;
  dimensions: Dimension[];
  numbers: {
    targetCeiling: number;
    mostRaters: number;
    mostItems: number;
    /** In percent, as people enter it. */
    goldShare: number;
    reservationMinutes: number;
    disagreement: number;
  };
};

export const NO_BATCH: NewBatch = {
  title: '',
  guidelines: '',
  kind: 'run',
  runId: undefined,
  clientId: undefined,
  format: 'csv',
  content: undefined,
  dimensions: [...DIMENSION_NAMES],
  numbers: {
    targetCeiling: 0.9,
    mostRaters: 5,
    mostItems: 500,
    goldShare: 10,
    reservationMinutes: 30,
    disagreement: 2,
  },
};

/** Where the items are to come from; undefined while the form does not say. */
export function sourceOf({ kind, runId, clientId, format, content }: NewBatch): BatchSource | undefined {
  if (kind === 'run') return runId === undefined ? undefined : { kind, runId };
  if (kind === 'samples') return { kind, clientId };
  return content === undefined ? undefined : { kind, format, content };
}

/** The format that a file's name tells. */
export function formatOf(name: string): AnnotationFormat | undefined {
  if (name.endsWith('.csv')) return 'csv';
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  return undefined;
}
