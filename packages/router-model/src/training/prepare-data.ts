import type { Dimension } from '@pointsman/contracts';
import { type Features, featurise } from '../features/featurise.ts';
import { contentHash, type TrainingRow } from '../rows.ts';
import { type Cells, collectCells, scoreCells } from './cells.ts';

/** Training rows with everything that is computed once. */
export type TrainingData = {
  rows: TrainingRow[];
  features: Features[];
  models: string[];
  /** `source|domain`. */
  kinds: string[];
  kindOf: Int32Array;
  sources: string[];
  sourceOf: Int32Array;
  /** Near-duplicate rows share a fold. */
  foldOf: Int32Array;
  scores: Map<Dimension, Cells>;
  /** `ln(1 + tokens)`. */
  logTokens: Cells;
};

export type DataOptions = { buckets: number; folds: number; minModelRows: number; excludeModels: RegExp };

/** Smaller kinds are learned together with the rest of their source. */
const LEAST_KIND_ROWS = 30;
/** A dimension with fewer scores keeps its stated prior. */
export const LEAST_DIMENSION_CELLS = 500;

/** Throws when too little is left to train on. */
export function prepareData(allRows: readonly TrainingRow[], options: DataOptions): TrainingData {
  const models = modelsWithEnoughRows(allRows, options);
  const known = new Set(models);
  const rows = mergeByPrompt(allRows).filter((row) => row.observations.some(({ model }) => known.has(model)));
  if (models.length === 0 || rows.length < 2 * options.folds)
    throw new Error(
      `too little to train on: ${rows.length} prompts, ${models.length} models with at least ${options.minModelRows} rows`,
    );
  const { labels: kinds, indices: kindOf } = indexed(kindLabels(rows));
  const { labels: sources, indices: sourceOf } = indexed(rows.map((row) => row.source));
  return {
    rows,
    features: rows.map((row) => featurise(row.prompt, options.buckets)),
    models,
    kinds,
    kindOf,
    sources,
    sourceOf,
    foldOf: Int32Array.from(rows, (row) => groupHash(row) % options.folds),
    scores: scoreCells(rows, models, LEAST_DIMENSION_CELLS),
    logTokens: collectCells(rows, models, ({ outputTokens }) =>
      outputTokens === undefined ? undefined : Math.log1p(outputTokens),
    ),
  };
}

function modelsWithEnoughRows(rows: readonly TrainingRow[], { minModelRows, excludeModels }: DataOptions): string[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const { model, scores } of row.observations)
      if (Object.keys(scores).length > 0) counts.set(model, (counts.get(model) ?? 0) + 1);
  return [...counts]
    .filter(([model, count]) => count >= minModelRows && !excludeModels.test(model))
    .map(([model]) => model)
    .sort();
}

/** Rows of one source with the same prompt become one row: scored replies arrive one model at a time. */
export function mergeByPrompt(rows: readonly TrainingRow[]): TrainingRow[] {
  const merged = new Map<string, TrainingRow>();
  for (const row of rows) {
    const key = `${row.source}\n${row.domain}\n${row.prompt.system}\n${row.prompt.text}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...row, observations: [...row.observations] });
    else known.observations.push(...row.observations);
  }
  return [...merged.values()];
}

function kindLabels(rows: readonly TrainingRow[]): string[] {
  const labels = rows.map((row) => `${row.source}|${row.domain ?? 'unlabelled'}`);
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return rows.map((row, r) => {
    const label = labels[r] ?? '';
    return (counts.get(label) ?? 0) >= LEAST_KIND_ROWS ? label : `${row.source}|other`;
  });
}

function indexed(values: readonly string[]): { labels: string[]; indices: Int32Array } {
  const labels = [...new Set(values)].sort();
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  return { labels, indices: Int32Array.from(values, (value) => indexOf.get(value) ?? 0) };
}

/**
 * Same for prompts that differ only in numbers, case or punctuation. All of the text counts: prompts of one template
 * share their beginning, and a whole domain in one fold would be a domain its fold never saw.
 */
export function groupHash(row: TrainingRow): number {
  const signature = row.prompt.text.toLowerCase().replace(/[^\p{L}]+/gu, ' ');
  return Number.parseInt(contentHash(signature).slice(0, 8), 16);
}

export type SplitOptions = {
  /** Which rows to keep: those to learn from, those to test on, or all. */
  split: 'train' | 'dev' | 'all';
  /** Share of near-duplicate groups held out among rows that carry no split of their own. */
  holdout: number;
};

/** Whether a row belongs to the wanted part: by its own split, else by its near-duplicate group. */
export function isInSplit(row: TrainingRow, { split, holdout }: SplitOptions): boolean {
  if (split === 'all') return true;
  // Another residue than the folds use, so that holding out does not empty a fold.
  const own = row.split ?? ((Math.floor(groupHash(row) / 1_000) % 1_000) / 1_000 < holdout ? 'dev' : 'train');
  return own === split;
}
