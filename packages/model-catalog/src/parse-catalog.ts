import {
  type Catalog,
  type CatalogModel,
  catalogModelSchema,
  type Price,
  type Provider,
  priceSchema,
  providerSchema,
} from '@pointsman/contracts';
import { z } from 'zod';
import { CatalogError, type CatalogProblem } from './catalog-error.ts';
import { catalogVersion } from './catalog-version.ts';
import { unknownFields } from './unknown-fields.ts';

const outlineSchema = z.object({
  version: z.string().optional(),
  providers: z.array(z.unknown()),
  models: z.array(z.unknown()),
});

/**
 * Checks content and makes it a catalogue: defaults filled in, content-addressed.
 *
 * `content` is `{ providers, models }`; a `version`, when present, must be the content's own.
 *
 * @throws CatalogError that names every problem at once: shape, unknown fields, duplicate ids, unknown providers, prices not
 * ascending by date, tiers not ascending.
 */
export function parseCatalog(content: unknown): Catalog {
  const outline = outlineSchema.safeParse(content);
  if (!outline.success) throw new CatalogError(schemaProblems('catalogue', outline.error));
  const problems: CatalogProblem[] = unknownFields(content, outline.data, 'catalogue');
  const providers = parseEach<Provider>(outline.data.providers, 'providers', providerSchema, problems);
  const models = parseEach<CatalogModel>(outline.data.models, 'models', catalogModelSchema, problems);
  problems.push(
    ...duplicateIds(outline.data.providers, 'providers'),
    ...duplicateIds(outline.data.models, 'models'),
    ...outline.data.models.flatMap((raw, index) => modelProblems(raw, index, new Set(ids(outline.data.providers)))),
  );
  if (problems.length > 0) throw new CatalogError(problems);
  const version = catalogVersion({ providers, models });
  if (outline.data.version !== undefined && outline.data.version !== version) {
    throw new CatalogError([
      { path: 'version', message: `says ${outline.data.version}, but the content is version ${version}` },
    ]);
  }
  return { version, providers, models };
}

function parseEach<T>(items: unknown[], list: string, schema: z.ZodType<T>, problems: CatalogProblem[]): T[] {
  return items.flatMap((item, index) => {
    const path = pathOf(list, index, item);
    const result = schema.safeParse(item);
    if (!result.success) {
      problems.push(...schemaProblems(path, result.error));
      return [];
    }
    problems.push(...unknownFields(item, result.data, path));
    return [result.data];
  });
}

function schemaProblems(path: string, error: z.ZodError): CatalogProblem[] {
  return error.issues.map((issue) => ({
    path: issue.path.reduce<string>((at, key) => at + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), path),
    message: issue.message,
  }));
}

function duplicateIds(items: unknown[], list: string): CatalogProblem[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const id = fieldOf(item, 'id');
    if (typeof id !== 'string') return [];
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, index);
      return [];
    }
    return [{ path: pathOf(list, index, item), message: `has the same id as ${list}[${first}]` }];
  });
}

/** Looks at fields one by one, so that a model with a malformed field still has its other mistakes named. */
function modelProblems(raw: unknown, index: number, providers: ReadonlySet<string>): CatalogProblem[] {
  const path = pathOf('models', index, raw);
  const problems: CatalogProblem[] = [];
  const id = fieldOf(raw, 'id');
  const provider = fieldOf(raw, 'provider');
  if (typeof provider === 'string' && !providers.has(provider)) {
    problems.push({ path: `${path}.provider`, message: `unknown provider ${JSON.stringify(provider)}` });
  }
  if (typeof id === 'string' && typeof provider === 'string' && !id.startsWith(`${provider}/`)) {
    problems.push({ path: `${path}.id`, message: `must begin with its provider: ${provider}/...` });
  }
  const prices = z.array(priceSchema).safeParse(fieldOf(raw, 'prices'));
  return prices.success ? [...problems, ...priceProblems(prices.data, path)] : problems;
}

function priceProblems(prices: Price[], path: string): CatalogProblem[] {
  const dates = prices.flatMap((price, at) => {
    const earlier = prices[at - 1];
    if (earlier === undefined || price.from > earlier.from) return [];
    return [{ path: `${path}.prices[${at}].from`, message: `${price.from} must come after ${earlier.from}` }];
  });
  const tiers = prices.flatMap((price, at) =>
    price.tiers.flatMap((tier, position) => {
      const lower = price.tiers[position - 1];
      if (lower === undefined || tier.aboveInputTokens > lower.aboveInputTokens) return [];
      return [
        {
          path: `${path}.prices[${at}].tiers[${position}].aboveInputTokens`,
          message: `${tier.aboveInputTokens} must be above ${lower.aboveInputTokens}`,
        },
      ];
    }),
  );
  return [...dates, ...tiers];
}

function ids(items: unknown[]): string[] {
  return items.map((item) => fieldOf(item, 'id')).filter((id) => typeof id === 'string');
}

function pathOf(list: string, index: number, item: unknown): string {
  const id = fieldOf(item, 'id');
  return typeof id === 'string' ? `${list}[${index}] (${id})` : `${list}[${index}]`;
}

function fieldOf(item: unknown, field: string): unknown {
  return typeof item === 'object' && item !== null ? Reflect.get(item, field) : undefined;
}
