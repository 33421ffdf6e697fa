import {
  type Capabilities,
  type CatalogModel,
  MICRO_PER_USD,
  type Modality,
  modalitySchema,
  type Price,
  type TokenRates,
} from '@pointsman/contracts';
import { z } from 'zod';
import { CatalogError } from './catalog-error.ts';
import { curatedProviderId, curatedRouterNames, curatedStructuredOutput, exclusionOf } from './curation.ts';
import {
  type ModelsDevModel,
  type ModelsDevRates,
  modelsDevModelSchema,
  modelsDevSchema,
} from './models-dev-schema.ts';
import { shippedProviders } from './shipped-providers.ts';

export type ModelsDevOptions = {
  /** The day (`YYYY-MM-DD`) on which the file was published: from then on its prices are known to hold. */
  asOf: string;
  /** Providers to read, by models.dev's id or ours; all when absent. */
  providers?: string[] | undefined;
};

export type ModelsDevReading = {
  models: CatalogModel[];
  /** Every listed model that was not taken, by the id it would have had. */
  skipped: { id: string; why: string }[];
};

/**
 * Reads models.dev's published file (`api.json`) into catalogue models, sorted by id.
 *
 * A model is taken only when what we must know of it is published: context and output limits, and a price above zero.
 * A cached rate of 0 beside an input price means "not offered" there, a cache-write rate below the input price is a
 * slip; both are left out, so those tokens are billed as input. Where audio costs more than text, audio input is left out too: our
 * prices know one rate for all input.
 *
 * @throws CatalogError when the file as a whole has another shape, or `asOf` is not a date.
 */
export function readModelsDev(json: unknown, options: ModelsDevOptions): ModelsDevReading {
  if (!z.iso.date().safeParse(options.asOf).success) {
    throw new CatalogError([{ path: 'asOf', message: `must read YYYY-MM-DD, got ${JSON.stringify(options.asOf)}` }]);
  }
  const file = modelsDevSchema.safeParse(json);
  if (!file.success) throw new CatalogError(problemsOf(file.error));
  const reading: ModelsDevReading = { models: [], skipped: [] };
  for (const [listedProvider, { models }] of Object.entries(file.data)) {
    const provider = curatedProviderId(listedProvider);
    if (options.providers !== undefined && !options.providers.some((id) => id === provider || id === listedProvider))
      continue;
    for (const [name, raw] of Object.entries(models)) {
      const id = `${provider}/${name}`;
      const result = readModel(id, provider, raw, options.asOf);
      if (typeof result === 'string') reading.skipped.push({ id, why: result });
      else reading.models.push(result);
    }
  }
  return { models: reading.models.sort(byId), skipped: reading.skipped.sort(byId) };
}

/** The model, or why it cannot be taken. */
function readModel(id: string, provider: string, raw: unknown, asOf: string): CatalogModel | string {
  const parsed = modelsDevModelSchema.safeParse(raw);
  if (!parsed.success)
    return problemsOf(parsed.error)
      .map((problem) => `${problem.path}: ${problem.message}`)
      .join('; ');
  const listed = parsed.data;
  const kind = /embed/i.test(`${listed.id} ${listed.family ?? ''}`) ? 'embedding' : 'chat';
  const obstacle = exclusionOf(id) ?? modalityObstacle(listed) ?? limitObstacle(listed) ?? priceObstacle(listed, kind);
  if (obstacle !== undefined) return obstacle;
  return {
    id,
    provider,
    upstreamModel: listed.id,
    name: listed.name,
    ...(listed.family === undefined ? {} : { family: listed.family }),
    kind,
    status: statusOf(listed),
    ...(listed.release_date === undefined ? {} : { releaseDate: listed.release_date }),
    contextTokens: listed.limit.context,
    maxOutputTokens: listed.limit.output,
    modalities: { input: inputModalities(listed), output: ['text'] },
    capabilities: capabilitiesOf(id, listed),
    regions: shippedProviders().find((known) => known.id === provider)?.regions ?? ['global'],
    prices: [priceOf(listed, asOf)],
    routerNames: curatedRouterNames(id),
  };
}

function modalityObstacle(listed: ModelsDevModel): string | undefined {
  if (!listed.modalities.input.includes('text')) return `reads no text, only ${listed.modalities.input.join(', ')}`;
  const output = listed.modalities.output;
  return output.length === 1 && output[0] === 'text'
    ? undefined
    : `answers with ${output.join(', ')}, not with text alone`;
}

function limitObstacle(listed: ModelsDevModel): string | undefined {
  const { context, output } = listed.limit;
  if (!Number.isSafeInteger(context) || context <= 0) return `publishes no context limit (${context})`;
  return Number.isSafeInteger(output) && output > 0 ? undefined : `publishes no output limit (${output})`;
}

function priceObstacle(listed: ModelsDevModel, kind: CatalogModel['kind']): string | undefined {
  const cost = listed.cost;
  if (cost?.input === undefined || cost.output === undefined) return 'publishes no price';
  if (cost.input === 0 || (kind === 'chat' && cost.output === 0)) {
    return `is listed at $${cost.input} in, $${cost.output} out: a preview or a local model, not a price`;
  }
  if (cost.reasoning !== undefined && cost.reasoning !== cost.output)
    return 'prices reasoning tokens apart from output';
  const tiers = cost.tiers ?? [];
  if (tiers.some((tier) => tier.tier.type !== undefined && tier.tier.type !== 'context'))
    return 'has price tiers of an unknown kind';
  return tiers.some((tier) => tier.input === undefined || tier.output === undefined)
    ? 'has a price tier without a price'
    : undefined;
}

function statusOf(listed: ModelsDevModel): CatalogModel['status'] {
  if (listed.status === 'deprecated') return 'deprecated';
  return listed.status !== undefined || listed.id.includes('preview') ? 'preview' : 'active';
}

function inputModalities(listed: ModelsDevModel): Modality[] {
  const audioCostsMore = (listed.cost?.input_audio ?? 0) > (listed.cost?.input ?? 0);
  return modalitySchema.options.filter(
    (modality) => listed.modalities.input.includes(modality) && !(modality === 'audio' && audioCostsMore),
  );
}

function capabilitiesOf(id: string, listed: ModelsDevModel): Capabilities {
  return {
    tools: listed.tool_call,
    structuredOutput: curatedStructuredOutput(id) ?? (listed.structured_output === true ? 'json_schema' : 'none'),
    reasoning: listed.reasoning,
    temperature: listed.temperature ?? true,
  };
}

function priceOf(listed: ModelsDevModel, asOf: string): Price {
  const tiers = (listed.cost?.tiers ?? []).map((tier) => ({ ...ratesOf(tier), aboveInputTokens: tier.tier.size }));
  return {
    ...ratesOf(listed.cost ?? {}),
    from: asOf,
    tiers: tiers.sort((a, b) => a.aboveInputTokens - b.aboveInputTokens),
  };
}

function ratesOf(cost: ModelsDevRates): TokenRates {
  const input = microUsd(cost.input ?? 0);
  const cached = microUsd(cost.cache_read ?? cost.cached_input ?? 0);
  const cacheWrite = microUsd(cost.cache_write ?? 0);
  return {
    inputMicroUsdPerMtok: input,
    ...(cached > 0 ? { cachedInputMicroUsdPerMtok: cached } : {}),
    ...(cacheWrite >= input && cacheWrite > 0 ? { cacheWriteMicroUsdPerMtok: cacheWrite } : {}),
    outputMicroUsdPerMtok: microUsd(cost.output ?? 0),
  };
}

/** Dollars to whole micro-dollars; a price finer than that is rounded up, after the product's binary dust is gone. */
function microUsd(usd: number): number {
  return Math.ceil(Number((usd * MICRO_PER_USD).toFixed(3)));
}

function problemsOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.') || 'models.dev', message: issue.message }));
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
