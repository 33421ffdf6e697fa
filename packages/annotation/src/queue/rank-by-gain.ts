import type { Random } from '@pointsman/statistics';

/** What one interval rests on: one system on one dimension. */
export type Cell = {
  /** Labels there are already. */
  labelled: number;
  /** Of a label about what predicts it, in squared steps of the scale. */
  residualVariance: number;
};

/**
 * By how much one more label narrows a cell's interval. Its half-width goes with sqrt(variance / n), of PPI++ as of a
 * mean; one label is taken for granted, because no interval stands on none.
 */
export function gainOfLabel({ labelled, residualVariance }: Cell): number {
  return Math.sqrt(residualVariance) * (1 / Math.sqrt(labelled + 1) - 1 / Math.sqrt(labelled + 2));
}

/**
 * Items in the order in which labels shrink all cells' intervals most: greedily, as Neyman's allocation would spend them.
 * Each item is a label for every one of its cells. Items with the same cells are drawn at random, which keeps labels a
 * random draw within each cell: what PPI++ takes for granted.
 */
export function rankByGain<Item extends { cells: readonly string[] }>(
  items: readonly Item[],
  cells: ReadonlyMap<string, Cell>,
  random: Random,
): Item[] {
  const state = new Map([...cells].map(([name, cell]) => [name, { ...cell }]));
  const strata = [...Map.groupBy(shuffled(items, random), (item) => item.cells.join('\n')).values()].map((members) => ({
    cells: (members[0]?.cells ?? []).flatMap((name) => state.get(name) ?? []),
    members,
  }));
  const ranked: Item[] = [];
  while (ranked.length < items.length) {
    const open = strata.filter(({ members }) => members.length > 0);
    const gains = open.map((stratum) => stratum.cells.reduce((sum, cell) => sum + gainOfLabel(cell), 0));
    const best = open[gains.indexOf(Math.max(...gains))];
    const next = best?.members.pop();
    if (best === undefined || next === undefined) break;
    for (const cell of best.cells) cell.labelled += 1;
    ranked.push(next);
  }
  return ranked;
}

/** In random order (Fisher and Yates). */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const drawn = [...values];
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [drawn[last], drawn[other]] = [drawn[other] as T, drawn[last] as T];
  }
  return drawn;
}
