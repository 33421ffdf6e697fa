import type { ModelShifts, PreparedModels } from '../model/estimate-models.ts';
import type { ModelTable } from '../model/model-standing.ts';

/**
 * The prepared models as one client's scored decisions showed them; the same object for a client without enough of its
 * own. Cheap next to preparing, but worth keeping per client.
 */
export function applyClientShifts(
  models: PreparedModels,
  clients: ModelTable['clients'],
  clientId: string,
): PreparedModels {
  if (clients === undefined || !Object.hasOwn(clients, clientId)) return models;
  const own = new Map(Object.entries(clients[clientId] ?? {}));
  const clientShifts: ModelShifts = {
    mean: Float64Array.from(models.names, (name) => own.get(name)?.mean ?? 0),
    variance: Float64Array.from(models.names, (name) => own.get(name)?.variance ?? 0),
  };
  return { ...models, clientShifts };
}
