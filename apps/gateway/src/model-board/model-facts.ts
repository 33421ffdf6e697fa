import type { CatalogModel, Client, PlanePoint, Policy } from '@pointsman/contracts';
import { priceOn } from '@pointsman/model-catalog';
import { constraintsOf } from '../pipeline/constraints-of.ts';
import { barredBy } from '../pipeline/list-candidates.ts';

export type ModelFacts = Pick<PlanePoint, 'model' | 'name' | 'provider' | 'price' | 'allowed'>;

/** Whose requests are looked at, and the policy behind their `auto`. */
export type Onlooker = { client: Client; policy: Policy };

/** What a catalogue says of a model; `model` is undefined for one that has left it. */
export function modelFacts(
  modelId: string,
  model: CatalogModel | undefined,
  { day, onlooker }: { day: string; onlooker: Onlooker | undefined },
): ModelFacts {
  const [provider = ''] = modelId.split('/');
  if (model === undefined) return { model: modelId, name: modelId, provider };
  const price = priceOn(model, day);
  return {
    model: modelId,
    name: model.name,
    provider: model.provider,
    price: price && {
      inputMicroUsdPerMtok: price.inputMicroUsdPerMtok,
      outputMicroUsdPerMtok: price.outputMicroUsdPerMtok,
    },
    allowed: onlooker && mayUse(model, onlooker),
  };
}

/** Whether any request of the client may go there, as far as policy and regions say. */
function mayUse(model: CatalogModel, { client, policy }: Onlooker): boolean {
  return barredBy(model, constraintsOf({ options: {}, providers: {}, maxPrice: {} }, policy, { client })) === undefined;
}
