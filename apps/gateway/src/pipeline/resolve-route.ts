import { type Catalog, type CatalogModel, GatewayError, type Policy } from '@pointsman/contracts';
import { resolveModel } from '@pointsman/model-catalog';
import type { Caller } from './authenticate.ts';

/** `auto`: the router chooses under the policy. `named`: the caller chose; the models are tried in this order. */
export type Route =
  | { kind: 'auto'; policy: Policy }
  | { kind: 'named'; policy: Policy; models: readonly CatalogModel[] };

/**
 * Reads the request's `model`: `auto`, `auto/<policy>`, `<provider>/<model>` or a bare catalogue id, then any further
 * models named to fall back to.
 * @throws GatewayError `model_not_found` naming the nearest, `invalid_request` for an unknown policy.
 */
export function resolveRoute(
  requested: { requestedModel: string; modelOrder: readonly string[] },
  caller: Caller,
  catalog: Catalog,
): Route {
  const { requestedModel, modelOrder } = requested;
  if (requestedModel === 'auto') return { kind: 'auto', policy: findPolicy(caller, caller.client.policy) };
  if (requestedModel.startsWith('auto/')) {
    return { kind: 'auto', policy: findPolicy(caller, requestedModel.slice('auto/'.length)) };
  }
  const names = [...new Set([requestedModel, ...modelOrder])];
  return {
    kind: 'named',
    policy: findPolicy(caller, caller.client.policy),
    models: names.map((name) => findModel(catalog, name)),
  };
}

function findPolicy(caller: Caller, name: string): Policy {
  const policy = caller.policies.find((p) => p.name === name);
  if (policy !== undefined) return policy;
  const known = caller.policies.map((p) => p.name).join(', ');
  throw new GatewayError(
    'invalid_request',
    `There is no policy "${name}" for this client. Known: ${known || 'none'}.`,
    { param: 'model' },
  );
}

function findModel(catalog: Catalog, name: string): CatalogModel {
  const result = resolveModel(catalog, name);
  if (result.kind === 'found') return result.model;
  const hint =
    result.kind === 'ambiguous'
      ? `It is served by several providers: say which one, ${result.ids.join(' or ')}.`
      : `${result.nearest.length > 0 ? `Did you mean ${result.nearest.join(' or ')}? ` : ''}GET /v1/models lists them, "auto" lets the router choose.`;
  throw new GatewayError('model_not_found', `There is no model "${name}" here. ${hint}`, { param: 'model' });
}
