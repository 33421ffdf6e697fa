import type { ModelDirectory } from '@pointsman/administration';
import { type CatalogModel, formatUsd, GatewayError } from '@pointsman/contracts';
import { modelMatches, priceOn, resolveModel } from '@pointsman/model-catalog';
import type { Caller } from '../pipeline/authenticate.ts';

export type ModelListing = { directory: ModelDirectory; caller: Caller; isoDate: string; emulated: boolean };

/** The body of `GET /v1/models`: what this caller may name, `auto` first. */
export function listModels(listing: ModelListing): { object: 'list'; data: Record<string, unknown>[] } {
  const routed = ['auto', ...listing.caller.policies.map((policy) => `auto/${policy.name}`)];
  return {
    object: 'list',
    data: [
      ...routed.map((id) => describeRoute(id, listing)),
      ...visibleModels(listing).map((m) => describeModel(m, listing)),
    ],
  };
}

/** @throws GatewayError `model_not_found`. */
export function getModel(id: string, listing: ModelListing): Record<string, unknown> {
  if (id === 'auto' || listing.caller.policies.some((policy) => id === `auto/${policy.name}`))
    return describeRoute(id, listing);
  const visible = visibleModels(listing);
  const found = resolveModel({ ...listing.directory.catalog, models: visible }, id);
  if (found.kind === 'found') return describeModel(found.model, listing);
  const near = found.kind === 'ambiguous' ? found.ids : found.nearest;
  throw new GatewayError(
    'model_not_found',
    `There is no model "${id}" here.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`,
    { param: 'model' },
  );
}

function visibleModels({ directory, caller }: ModelListing): CatalogModel[] {
  const regions = caller.client.regions;
  const policy = caller.policies.find((p) => p.name === caller.client.policy);
  return directory.catalog.models.filter(
    (model) =>
      directory.provider(model.provider) !== undefined &&
      (regions === undefined || model.regions.some((region) => regions.includes(region))) &&
      !policy?.deniedModels.some((pattern) => modelMatches(pattern, model.id)),
  );
}

function describeRoute(id: string, { emulated }: ModelListing): Record<string, unknown> {
  return { id, object: 'model', created: 0, owned_by: 'pointsman', pointsman: { routed: true, emulated } };
}

function describeModel(model: CatalogModel, { isoDate, emulated }: ModelListing): Record<string, unknown> {
  const price = priceOn(model, isoDate);
  const usdPerMtok = (micro: number | undefined) => (micro === undefined ? undefined : formatUsd(micro * 1000));
  return {
    id: model.id,
    object: 'model',
    created: createdSeconds(model.releaseDate),
    owned_by: model.provider,
    pointsman: {
      name: model.name,
      kind: model.kind,
      status: model.status,
      context_tokens: model.contextTokens,
      max_output_tokens: model.maxOutputTokens,
      modalities: model.modalities,
      capabilities: model.capabilities,
      regions: model.regions,
      usd_per_mtok: price && {
        input: usdPerMtok(price.inputMicroUsdPerMtok),
        output: usdPerMtok(price.outputMicroUsdPerMtok),
        since: price.from,
      },
      emulated,
    },
  };
}

/** Release dates are a day, a month or a year; what cannot be read is the epoch, as OpenAI's schema wants a number. */
function createdSeconds(releaseDate: string | undefined): number {
  const ms = Date.parse(releaseDate ?? '');
  return Number.isNaN(ms) ? 0 : Math.floor(ms / 1000);
}
