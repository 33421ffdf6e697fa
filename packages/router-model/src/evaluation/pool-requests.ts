import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { type Grouping, numberGroups } from './bootstrap-figures.ts';
import type { HeldOutCell, HeldOutRequest } from './held-out-cell.ts';
import type { TrainingAverages } from './training-averages.ts';

/** What a model did in training on the pool's source. */
export type PoolModel = { name: string; expectedCost: number; expectedScore: number };

/** Requests of one source that every model of a pool answered, with what each is expected to cost on each. */
export type Pool = {
  source: string;
  /** Without known costs every expected cost is 0, and only quality can be chosen for. */
  isPriced: boolean;
  models: PoolModel[];
  /** Cells and expected costs in the order of `models`. */
  requests: { request: HeldOutRequest; cells: HeldOutCell[]; expectedCosts: number[] }[];
  groups: Grouping;
};

const LEAST_REQUESTS = 25;
const COMPLETE = 0.95;

/** One pool per source: the models with a score, and where costs are known a cost, on nearly all its requests. */
export function poolsOf(requests: readonly HeldOutRequest[], averages: TrainingAverages): Pool[] {
  return [...Map.groupBy(requests, ({ row }) => row.source)].flatMap(([source, own]) => {
    const dimension = mostScored(own);
    if (dimension === undefined) return [];
    const scored = own.filter(({ cells }) => cells.some((cell) => cell.dimension === dimension));
    const priced = modelsOf(scored, dimension, averages, true);
    const isPriced = priced.length >= 2;
    const models = isPriced ? priced : modelsOf(scored, dimension, averages, false);
    const complete = completeRequests(scored, dimension, models).map((own) => ({
      ...own,
      expectedCosts: models.map(({ name }) =>
        isPriced ? (averages.cost(name, source, own.request.row.prompt.characters) ?? 0) : 0,
      ),
    }));
    if (models.length < 2 || complete.length < LEAST_REQUESTS) return [];
    const groups = numberGroups(complete.map(({ request }) => request.group));
    return [{ source, isPriced, models, requests: complete, groups }];
  });
}

/** The model that did best in training. */
export const strongestOf = ({ models }: Pool): number =>
  models.reduce((best, { expectedScore }, m) => (expectedScore > (models[best]?.expectedScore ?? 0) ? m : best), 0);

export const cheapestOf = ({ models }: Pool): number =>
  models.reduce((best, { expectedCost }, m) => (expectedCost < (models[best]?.expectedCost ?? 0) ? m : best), 0);

function mostScored(requests: readonly HeldOutRequest[]): Dimension | undefined {
  const counts = new Map<Dimension, number>();
  for (const { cells } of requests)
    for (const { dimension } of cells) counts.set(dimension, (counts.get(dimension) ?? 0) + 1);
  const [first] = DIMENSIONS.filter((dimension) => counts.has(dimension)).sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0),
  );
  return first;
}

function modelsOf(
  requests: readonly HeldOutRequest[],
  dimension: Dimension,
  averages: TrainingAverages,
  isPriced: boolean,
): PoolModel[] {
  const counts = new Map<string, number>();
  for (const { cells } of requests)
    for (const cell of cells)
      if (cell.dimension === dimension && (cell.costNanoUsd !== undefined || !isPriced))
        counts.set(cell.model, (counts.get(cell.model) ?? 0) + 1);
  const source = requests[0]?.row.source ?? '';
  return [...counts]
    .filter(([, count]) => count >= COMPLETE * requests.length)
    .flatMap(([name]) => {
      const expectedCost = isPriced ? averages.cost(name, source) : 0;
      const expectedScore = averages.inSource(name, dimension, source);
      return expectedCost === undefined || expectedScore === undefined ? [] : [{ name, expectedCost, expectedScore }];
    });
}

function completeRequests(
  requests: readonly HeldOutRequest[],
  dimension: Dimension,
  models: readonly PoolModel[],
): { request: HeldOutRequest; cells: HeldOutCell[] }[] {
  return requests.flatMap((request) => {
    const byModel = new Map(
      request.cells.filter((cell) => cell.dimension === dimension).map((cell) => [cell.model, cell]),
    );
    const cells = models.flatMap(({ name }) => byModel.get(name) ?? []);
    return cells.length === models.length ? [{ request, cells }] : [];
  });
}
