import {
  type CatalogModel,
  DIMENSIONS,
  type DimensionScores,
  DOMAINS,
  type EstimateBasis,
  type ModelEstimate,
  TASKS,
} from '@pointsman/contracts';
import { estimateFor, type Manifest, type RouterPrediction } from '@pointsman/router-model';
import type { Slice } from './scorecard.ts';

/** What the router says on a prompt of known domain and task; without a prediction its averages count. */
export type ReferenceReading = { domain: string; task: string; prediction: RouterPrediction | undefined };

export type ReferenceEstimates = {
  /** Of the artefact; `none` when none is loaded. */
  version: string;
  /** Reference prompts of the slice that the router has read. */
  promptsOf(slice: Slice): number;
  /**
   * Means over the reference prompts of the slice. The spread is the mean spread too: a model's errors on different requests
   * are taken to go together, so that it is never too narrow. Undefined for a model that was not among those given.
   */
  estimateOf(modelId: string, slice: Slice): ModelEstimate | undefined;
};

const DIMENSION_COUNT = DIMENSIONS.length;
/** By cell: means, spreads, tokens. */
const CELL_WIDTH = 2 * DIMENSION_COUNT + 1;
const CELLS = DOMAINS.flatMap((domain) => TASKS.map((task) => ({ domain, task })));
const CELL_OF = new Map(CELLS.map(({ domain, task }, cell) => [`${domain} ${task}`, cell]));

type Sums = { basis: EstimateBasis; cells: Float64Array };

const increase = (sums: Float64Array, index: number, by: number): void => {
  sums[index] = (sums[index] ?? 0) + by;
};

/** Adds up what the router says of each model on reference prompts, by domain and task; one prompt at a time, a millisecond each. */
export function sumReferences(models: readonly CatalogModel[], manifest: Manifest | undefined) {
  const prompts = new Float64Array(CELLS.length);
  const read = new Float64Array(CELLS.length);
  const sums = new Map<string, Sums>();
  const estimates: ReferenceEstimates = {
    version: manifest?.version ?? 'none',
    promptsOf: (slice) => cellsOf(slice).reduce((total, cell) => total + (read[cell] ?? 0), 0),
    estimateOf(modelId, slice) {
      const known = sums.get(modelId);
      return known && meanOf(known, prompts, slice);
    },
  };
  return {
    estimates,
    /** Prompts outside the closed lists are passed over. */
    add({ domain, task, prediction }: ReferenceReading): void {
      const cell = CELL_OF.get(`${domain} ${task}`);
      if (cell === undefined) return;
      increase(prompts, cell, 1);
      if (prediction !== undefined) increase(read, cell, 1);
      for (const model of models) add(sums, { modelId: model.id, cell }, estimateFor(model, prediction, manifest));
    },
  };
}

function add(sums: Map<string, Sums>, { modelId, cell }: { modelId: string; cell: number }, estimate: ModelEstimate) {
  let known = sums.get(modelId);
  if (known === undefined) {
    known = { basis: estimate.basis, cells: new Float64Array(CELLS.length * CELL_WIDTH) };
    sums.set(modelId, known);
  }
  const start = cell * CELL_WIDTH;
  for (const [index, dimension] of DIMENSIONS.entries()) {
    const { mean, spread } = estimate.scores[dimension];
    increase(known.cells, start + index, mean);
    increase(known.cells, start + DIMENSION_COUNT + index, spread);
  }
  increase(known.cells, start + CELL_WIDTH - 1, estimate.outputTokens);
}

function meanOf({ basis, cells }: Sums, prompts: Float64Array, slice: Slice): ModelEstimate | undefined {
  const totals = new Float64Array(CELL_WIDTH);
  let count = 0;
  for (const cell of cellsOf(slice)) {
    count += prompts[cell] ?? 0;
    for (let index = 0; index < CELL_WIDTH; index += 1) increase(totals, index, cells[cell * CELL_WIDTH + index] ?? 0);
  }
  if (count === 0) return undefined;
  const mean = (index: number): number => (totals[index] ?? 0) / count;
  const scores = Object.fromEntries(
    DIMENSIONS.map((dimension, index) => [dimension, { mean: mean(index), spread: mean(DIMENSION_COUNT + index) }]),
  ) as DimensionScores;
  return { scores, outputTokens: mean(CELL_WIDTH - 1), basis };
}

function cellsOf({ domain, task }: Slice): number[] {
  return CELLS.flatMap((cell, index) =>
    (domain === undefined || cell.domain === domain) && (task === undefined || cell.task === task) ? [index] : [],
  );
}
