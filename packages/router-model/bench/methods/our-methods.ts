import type { Pool, PoolRow } from '../data/pool.ts';
import { fitOurs, type OurPrediction, type OurRouter, type OurTraining } from './ours.ts';
import type { RoutingMethod } from './routing-method.ts';

/** Name of the full router in every table. */
export const OURS = 'ours';

/** Our router for a pool, fitted once per list of training rows and asked once per row. */
export type OurPredictions = (train: readonly PoolRow[], pool: Pool) => (row: PoolRow) => Promise<OurPrediction>;

/** Shares fits between the methods that rest on our router: same list of rows, same fit. */
export function ourPredictions(training: OurTraining): OurPredictions {
  const fits = new WeakMap<readonly PoolRow[], (row: PoolRow) => Promise<OurPrediction>>();
  return (train, pool) => {
    const known =
      fits.get(train) ??
      remembering(
        fitOurs(
          train.map(({ row }) => row),
          pool.models,
          training,
        ),
      );
    fits.set(train, known);
    return known;
  };
}

function remembering(fitting: Promise<OurRouter>): (row: PoolRow) => Promise<OurPrediction> {
  const predictions = new WeakMap<PoolRow, Promise<OurPrediction>>();
  const predict = async (row: PoolRow): Promise<OurPrediction> => (await fitting)(row.row.prompt);
  return (row) => {
    const prediction = predictions.get(row) ?? predict(row);
    predictions.set(row, prediction);
    return prediction;
  };
}

/** Our router whole, and reduced to a domain table with the kinds it recognises itself. */
export function ourMethods(predictions: OurPredictions): RoutingMethod[] {
  return [
    {
      name: 'domain table, our labels',
      fit: (train, pool) => {
        const predict = predictions(train, pool);
        return async (row) => (await predict(row)).kindsOnlyMeans;
      },
    },
    {
      name: OURS,
      fit: (train, pool) => {
        const predict = predictions(train, pool);
        return async (row) => (await predict(row)).means;
      },
    },
  ];
}
