/** Sums of several quantities by group: groups x columns. */
export type GroupSums = { columns: number; data: Float64Array };

export function emptySums(groups: number, columns: number): GroupSums {
  return { columns, data: new Float64Array(groups * columns) };
}

export function addToGroup({ columns, data }: GroupSums, group: number, values: readonly number[]): void {
  values.forEach((value, c) => {
    data[group * columns + c] = (data[group * columns + c] ?? 0) + value;
  });
}

/** Column totals, each group counted as often as its weight says. */
export function weightedTotals({ columns, data }: GroupSums, weights: Float64Array): Float64Array {
  const totals = new Float64Array(columns);
  for (let g = 0; g < weights.length; g += 1) {
    const weight = weights[g] ?? 0;
    if (weight === 0) continue;
    for (let c = 0; c < columns; c += 1) totals[c] = (totals[c] ?? 0) + weight * (data[g * columns + c] ?? 0);
  }
  return totals;
}
