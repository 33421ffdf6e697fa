import type { HeldOutCell, HeldOutRequest } from './held-out-cell.ts';
import type { TrainingAverages } from './training-averages.ts';

/** Requests of one source that every model of a pool answered, with each model's expected cost. */
export type Pool = {
  source: string;
  models: { name: string; expectedCost: number; expectedScore: number }[];
  /** Cells in the order of `models`. */
  requests: { request: HeldOutRequest; cells: HeldOutCell[] }[];
};

const LEAST_REQUESTS = 25;
const COMPLETE = 0.95;

/** One pool per source: the models with a score and a cost on nearly all its requests. */
export function poolsOf(requests: readonly HeldOutRequest[], averages: TrainingAverages): Pool[] {
  return [...Map.groupBy(requests, ({ row }) => row.source)].flatMap(([source, own]) => {
    const counts = new Map<string, number>();
    for (const { cells } of own)
      for (const { model, dimension, costNanoUsd } of cells)
        if (dimension === 'factual_accuracy' && costNanoUsd !== undefined)
          counts.set(model, (counts.get(model) ?? 0) + 1);
    const models = [...counts]
      .filter(([, count]) => count >= COMPLETE * own.length)
      .flatMap(([name]) => {
        const expectedCost = averages.cost(name, source);
        const expectedScore = averages.inSource(name, 'factual_accuracy', source);
        return expectedCost === undefined || expectedScore === undefined ? [] : [{ name, expectedCost, expectedScore }];
      });
    const complete = own.flatMap((request) => {
      const cells = models.flatMap(({ name }) =>
        request.cells.filter((cell) => cell.model === name && cell.dimension === 'factual_accuracy').slice(0, 1),
      );
      return cells.length === models.length ? [{ request, cells }] : [];
    });
    return models.length < 2 || complete.length < LEAST_REQUESTS ? [] : [{ source, models, requests: complete }];
  });
}
