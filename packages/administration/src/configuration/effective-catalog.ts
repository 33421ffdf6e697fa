import {
  type Catalog,
  type CatalogModel,
  type Price,
  type Provider,
  providerSchema,
  type TokenRates,
} from '@pointsman/contracts';
import { catalogVersion, parseCatalog } from '@pointsman/model-catalog';
import { nearestName } from '../nearest-name.ts';
import { type ConfigProblem, ConfigurationError } from './config-problem.ts';
import type { Configuration, ProviderSettings } from './configuration.ts';
import type { ModelSettings, PriceSettings } from './file-schema.ts';
import { microUsdPerMtokFromUsd } from './usd-per-mtok.ts';

/**
 * The catalogue this process works with: the shipped or synced one, with the configured providers and models put over
 * it and the disabled models taken out. Its version is that of its content.
 * @throws {ConfigurationError} naming every configured model that the base does not know and that is not complete.
 */
export function effectiveCatalog(base: Catalog, configuration: Configuration): Catalog {
  const problems: ConfigProblem[] = [];
  const providers = mergeProviders(base.providers, configuration.providers);
  const models = new Map(base.models.map((model) => [model.id, model]));
  for (const [id, settings] of Object.entries(configuration.models)) {
    const known = models.get(id);
    if (settings.enabled === false) models.delete(id);
    else if (known !== undefined) models.set(id, overrideModel(known, settings));
    else {
      const missing = missingSettings(settings);
      if (missing.length > 0)
        problems.push(incompleteModel(id, missing, { known: models.keys(), file: configuration.file }));
      else
        models.set(
          id,
          newModel(
            id,
            settings,
            providers.find((provider) => provider.id === providerOf(id)),
          ),
        );
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  const content = { providers, models: [...models.values()] };
  return parseCatalog({ version: catalogVersion(content), ...content });
}

const providerOf = (modelId: string): string => modelId.slice(0, modelId.indexOf('/'));

function mergeProviders(base: readonly Provider[], settings: Configuration['providers']): Provider[] {
  const ids = new Set([...base.map(({ id }) => id), ...Object.keys(settings)]);
  return [...ids].flatMap((id) => {
    const known = base.find((provider) => provider.id === id);
    const said = settings[id];
    if (said === undefined) return known ?? [];
    // A provider the shipped list knows and this (older, synced) base does not, mentioned without an address, is nothing.
    if (known === undefined && said.baseUrl === undefined) return [];
    return mergeProvider(id, known, said);
  });
}

function mergeProvider(id: string, known: Provider | undefined, said: Readonly<ProviderSettings>): Provider {
  const { name, format, baseUrl, needsKey, regions } = said;
  const base = known ?? { id, name: id, format: 'openai' };
  return providerSchema.parse({
    ...base,
    ...(name !== undefined && { name }),
    ...(format !== undefined && { format }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(needsKey !== undefined && { needsKey }),
    ...(regions !== undefined && { regions }),
    quirks: { ...known?.quirks, ...present(said.quirks ?? {}) },
  });
}

function overrideModel(known: CatalogModel, settings: Readonly<ModelSettings>): CatalogModel {
  const { enabled: _enabled, prices, modalities, capabilities, ...plain } = settings;
  return {
    ...known,
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    modalities: {
      input: modalities?.input ?? known.modalities.input,
      output: modalities?.output ?? known.modalities.output,
    },
    capabilities: { ...known.capabilities, ...present(capabilities ?? {}) },
    prices: prices === undefined ? known.prices : replacePrices(known.prices, prices.map(priceOf)),
  };
}

/** The configured prices hold from their first date on, whatever a later sync of list prices says; the past stays. */
function replacePrices(known: readonly Price[], configured: readonly Price[]): Price[] {
  const first = configured[0]?.from;
  return [...known.filter(({ from }) => first === undefined || from < first), ...configured];
}

const REQUIRED = ['contextTokens', 'prices'] as const;
const missingSettings = (settings: Readonly<ModelSettings>): string[] =>
  REQUIRED.filter((name) => settings[name] === undefined);

function newModel(id: string, settings: Readonly<ModelSettings>, provider: Provider | undefined): CatalogModel {
  const upstreamModel = settings.upstreamModel ?? id.slice(id.indexOf('/') + 1);
  const contextTokens = settings.contextTokens ?? 0;
  const blank: CatalogModel = {
    id,
    provider: providerOf(id),
    upstreamModel,
    name: upstreamModel,
    kind: 'chat',
    status: 'active',
    contextTokens,
    maxOutputTokens: contextTokens,
    modalities: { input: ['text'], output: ['text'] },
    // Nothing is promised that nobody wrote: a request that needs more goes to a model that says it can.
    capabilities: { tools: false, structuredOutput: 'none', reasoning: false, temperature: true },
    regions: [...(provider?.regions ?? ['global'])],
    prices: [],
    routerNames: [],
  };
  return overrideModel(blank, settings);
}

function incompleteModel(
  id: string,
  missing: string[],
  { known, file }: { known: Iterable<string>; file: string | undefined },
): ConfigProblem {
  const near = nearestName(id, known);
  return {
    path: `models.${id}`,
    message: `is not in the catalogue, and lacks ${missing.join(' and ')}`,
    mend: `${near === undefined ? '' : `Did you mean ${near}? `}To add a model give its ${REQUIRED.join(' and ')}.`,
    file,
  };
}

function priceOf({ from, tiers = [], ...rates }: PriceSettings): Price {
  const price = { from, ...ratesOf(rates) };
  return { ...price, tiers: tiers.map(({ aboveInputTokens, ...tier }) => ({ aboveInputTokens, ...ratesOf(tier) })) };
}

function ratesOf(rates: Omit<PriceSettings, 'from' | 'tiers'>): TokenRates {
  const { inputUsdPerMtok, cachedInputUsdPerMtok, cacheWriteUsdPerMtok, outputUsdPerMtok } = rates;
  return {
    inputMicroUsdPerMtok: exactly(inputUsdPerMtok),
    ...(cachedInputUsdPerMtok !== undefined && { cachedInputMicroUsdPerMtok: exactly(cachedInputUsdPerMtok) }),
    ...(cacheWriteUsdPerMtok !== undefined && { cacheWriteMicroUsdPerMtok: exactly(cacheWriteUsdPerMtok) }),
    outputMicroUsdPerMtok: exactly(outputUsdPerMtok),
  };
}

function exactly(usdPerMtok: number): number {
  const micro = microUsdPerMtokFromUsd(usdPerMtok);
  // The file's schema has refused such numbers already; a price is never guessed.
  if (micro === undefined) throw new RangeError(`${usdPerMtok} dollars per million tokens is no exact price`);
  return micro;
}

const present = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
