import { checkFinite } from '../check-values.ts';

/** Rows of one `group` (a document, a prompt, a user) are not independent; a row without one stands for itself. */
export type PredictedRow = { predicted: number; group?: string | undefined };
export type LabelledRow = PredictedRow & { truth: number };

/** The rows by column; `units` say which rows belong together. */
export type PpiColumns = {
  truths: number[];
  beside: number[];
  units: unknown[];
  elsewhere: number[];
  otherUnits: unknown[];
};

/** @throws RangeError for numbers not finite. */
export function ppiColumns(labelled: readonly LabelledRow[], unlabelled: readonly PredictedRow[]): PpiColumns {
  const columns = {
    truths: labelled.map((row) => row.truth),
    beside: labelled.map((row) => row.predicted),
    units: labelled.map(unitOf),
    elsewhere: unlabelled.map((row) => row.predicted),
    otherUnits: unlabelled.map(unitOf),
  };
  for (const values of [columns.truths, columns.beside, columns.elsewhere]) checkFinite(values);
  return columns;
}

/** A row without a group is a unit of its own, told apart by identity. */
function unitOf(row: PredictedRow): unknown {
  return row.group ?? row;
}
