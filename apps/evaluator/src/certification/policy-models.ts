import { type Configuration, effectiveCatalog, enabledProviders, isEmulated } from '@pointsman/administration';
import type { Catalog, CatalogModel, Policy } from '@pointsman/contracts';
import { modelMatches, priceOn } from '@pointsman/model-catalog';

export type PolicyModels = {
  catalog: Catalog;
  configuration: Configuration;
  policy: Policy;
  /** Of the client, if the certificate is for one. */
  regions: readonly string[] | undefined;
  /** Further patterns that must match. */
  among: readonly string[] | undefined;
  /** UTC day on which they must have a price. */
  day: string;
};

/** The models that a gateway may choose among under a policy, whatever the request. */
export function policyModels({ catalog, configuration, policy, regions, among, day }: PolicyModels): CatalogModel[] {
  const effective = effectiveCatalog(catalog, configuration);
  const emulated = isEmulated(configuration);
  const on = new Set(
    enabledProviders(effective, configuration)
      .filter(({ enabled }) => enabled || emulated)
      .map(({ provider }) => provider.id),
  );
  const isCovered = (id: string, patterns: readonly string[]) => patterns.some((pattern) => modelMatches(pattern, id));
  const regionLists = [regions, policy.regions].filter((list) => list !== undefined);
  return effective.models.filter(
    (model) =>
      model.kind === 'chat' &&
      model.status === 'active' &&
      on.has(model.provider) &&
      priceOn(model, day) !== undefined &&
      isCovered(model.id, policy.allowedModels) &&
      isCovered(model.id, among ?? ['*']) &&
      !isCovered(model.id, policy.deniedModels) &&
      regionLists.every((list) => model.regions.some((region) => list.includes(region))),
  );
}
