import type { Decision } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';

export type ModelDictionary = {
  /** The number of every name, made where it is missing. */
  numbersOf(names: Iterable<string>): Promise<ReadonlyMap<string, number>>;
  /** The name of every number that exists. */
  namesOf(numbers: Iterable<number>): Promise<ReadonlyMap<number, string>>;
};

/** Every model a decision names among its candidates. */
export const modelsNamedBy = (decisions: readonly Decision[]): Set<string> =>
  new Set(decisions.flatMap(({ candidates }) => candidates.map(({ modelId }) => modelId)));

/** The numbers by which candidates refer to models. Never changed once given, so they are remembered for good. */
export function modelDictionary(database: Database): ModelDictionary {
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  const remember = (rows: readonly { id: number; name: string }[]) => {
    for (const { id, name } of rows) {
      numbers.set(name, id);
      names.set(id, name);
    }
  };
  return {
    async numbersOf(wanted) {
      // Sorted, so that two gateways adding the same names cannot wait for each other in a circle.
      const missing = [...wanted].filter((name) => !numbers.has(name)).sort();
      if (missing.length > 0) {
        await database.pool.query(
          'insert into decision_models (name) select unnest($1::text[]) on conflict do nothing',
          [missing],
        );
        const { rows } = await database.pool.query<{ id: number; name: string }>(
          'select id, name from decision_models where name = any($1)',
          [missing],
        );
        remember(rows);
      }
      return numbers;
    },
    async namesOf(wanted) {
      const missing = [...wanted].filter((number) => !names.has(number));
      if (missing.length > 0) {
        const { rows } = await database.pool.query<{ id: number; name: string }>(
          'select id, name from decision_models where id = any($1)',
          [missing],
        );
        remember(rows);
      }
      return names;
    },
  };
}
