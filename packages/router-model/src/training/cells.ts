import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import type { TrainingRow } from '../rows.ts';

/** Observed values of some quantity by prompt and model, model after model. */
export type Cells = {
  /** Per model: the rows (ascending) in which it was observed, and what was observed. */
  readonly byModel: readonly { rows: Int32Array; values: Float64Array }[];
  readonly count: number;
};

/** Collects `measure` over all observations that have one. Models not in `models` are left out. */
export function collectCells(
  rows: readonly TrainingRow[],
  models: readonly string[],
  measure: (observation: TrainingRow['observations'][number]) => number | undefined,
): Cells {
  const indexOf = new Map(models.map((model, index) => [model, index]));
  const collected = models.map((): { rows: number[]; values: number[] } => ({ rows: [], values: [] }));
  rows.forEach((row, r) => {
    for (const observation of row.observations) {
      const index = indexOf.get(observation.model);
      const value = measure(observation);
      const target = index === undefined ? undefined : collected[index];
      if (target === undefined || value === undefined) continue;
      target.rows.push(r);
      target.values.push(value);
    }
  });
  return {
    byModel: collected.map((c) => ({ rows: Int32Array.from(c.rows), values: Float64Array.from(c.values) })),
    count: collected.reduce((sum, c) => sum + c.rows.length, 0),
  };
}

/** The cells of rows for which `keep` holds. */
export function filterCells(cells: Cells, keep: (row: number) => boolean): Cells {
  const byModel = cells.byModel.map(({ rows, values }) => {
    const kept: number[] = [];
    rows.forEach((row, n) => {
      if (keep(row)) kept.push(n);
    });
    return {
      rows: Int32Array.from(kept, (n) => rows[n] ?? 0),
      values: Float64Array.from(kept, (n) => values[n] ?? 0),
    };
  });
  return { byModel, count: byModel.reduce((sum, model) => sum + model.rows.length, 0) };
}

/** Dimensions with at least `minCells` scores, in the order of `DIMENSIONS`, with their cells. */
export function scoreCells(
  rows: readonly TrainingRow[],
  models: readonly string[],
  minCells: number,
): Map<Dimension, Cells> {
  const scored = new Map<Dimension, Cells>();
  for (const dimension of DIMENSIONS) {
    const cells = collectCells(rows, models, (observation) => observation.scores[dimension]);
    if (cells.count >= minCells) scored.set(dimension, cells);
  }
  return scored;
}
