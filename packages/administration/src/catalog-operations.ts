import { type Catalog, type CatalogModel, GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import {
  applySync,
  type CatalogDiff,
  CatalogError,
  diffCatalogs,
  formatCatalogDiff,
  parseCatalog,
  readModelsDev,
  resolveModel,
  shippedCatalog,
} from '@pointsman/model-catalog';
import type { Configuration } from './configuration/configuration.ts';
import { effectiveCatalog } from './configuration/effective-catalog.ts';

type Storage = Pick<Repositories, 'catalogs'>;
export type CatalogSource = 'shipped' | 'synced';

/** The catalogue before configuration: the one synced last, or the shipped one as long as nobody has synced. */
export async function showCatalog(repositories: Storage): Promise<{ catalog: Catalog; source: CatalogSource }> {
  const synced = await repositories.catalogs.active();
  return synced === undefined
    ? { catalog: shippedCatalog(), source: 'shipped' }
    : { catalog: synced, source: 'synced' };
}

/**
 * The model a person named: `<provider>/<model>` or a bare name.
 * @throws {GatewayError} `model_not_found` with what was probably meant; `conflict` when several providers have it.
 */
export function findModel(catalog: Catalog, name: string): CatalogModel {
  const resolution = resolveModel(catalog, name);
  if (resolution.kind === 'found') return resolution.model;
  if (resolution.kind === 'ambiguous') {
    throw new GatewayError('conflict', `Several providers have "${name}"; name one: ${resolution.ids.join(', ')}.`);
  }
  const near = resolution.nearest.length === 0 ? '' : ` Near are: ${resolution.nearest.join(', ')}.`;
  throw new GatewayError('model_not_found', `The catalogue has no model "${name}".${near}`, { param: 'model' });
}

export type SyncInput = {
  /** models.dev's published `api.json`, or a whole catalogue of our own shape. */
  content: unknown;
  /** The day (`YYYY-MM-DD`) from which the prices in it are known to hold. */
  asOf: string;
  /** Where it was read from, for the catalogue's history. */
  from: string;
  /** Absent or false: only show what would change. */
  apply?: boolean | undefined;
  /** Checked against the new catalogue before it is applied. */
  configuration?: Configuration | undefined;
};
export type SyncResult = {
  diff: CatalogDiff;
  /** The difference as plain text. */
  text: string;
  skipped: { id: string; why: string }[];
  applied: boolean;
  catalog: Catalog;
};

/**
 * Compares published content with the catalogue in use and, when told to, makes it the one in use.
 * Models.dev's content is taken in (history is kept, models it does not list stay); a whole catalogue replaces.
 * @throws {GatewayError} `invalid_request` when the content is neither, or is unsound.
 * @throws {ConfigurationError} when the configuration does not fit the new catalogue.
 */
export async function syncCatalog(repositories: Storage, input: SyncInput): Promise<SyncResult> {
  const { catalog: before } = await showCatalog(repositories);
  const { catalog, skipped } = readContent(before, input);
  const diff = diffCatalogs(before, catalog);
  if (input.configuration !== undefined) effectiveCatalog(catalog, input.configuration);
  const applied = input.apply === true && catalog.version !== before.version;
  if (applied) await repositories.catalogs.save(catalog, `synced from ${input.from} as of ${input.asOf}`);
  return { diff, text: formatCatalogDiff(diff), skipped, applied, catalog };
}

/**
 * Makes a catalogue that was in use before, or the shipped one, the one in use.
 * @throws {GatewayError} `not_found`. @throws {ConfigurationError} when the configuration does not fit it.
 */
export async function activateCatalog(
  repositories: Storage,
  { version, configuration }: { version: string; configuration?: Configuration | undefined },
): Promise<Catalog> {
  const shipped = shippedCatalog();
  const stored = (await repositories.catalogs.list()).find((saved) => saved.version === version);
  const catalog = version === shipped.version ? shipped : await repositories.catalogs.get(version);
  if (catalog === undefined) {
    throw new GatewayError('not_found', `No catalogue of version "${version}" was ever in use.`, { param: 'version' });
  }
  if (configuration !== undefined) effectiveCatalog(catalog, configuration);
  await repositories.catalogs.save(catalog, stored?.note ?? 'shipped');
  return catalog;
}

function readContent(
  before: Catalog,
  { content, asOf }: SyncInput,
): { catalog: Catalog; skipped: SyncResult['skipped'] } {
  try {
    if (isCatalog(content)) return { catalog: parseCatalog(content), skipped: [] };
    // Providers are known by curation only: content about others has no address to call and is not read.
    const { models, skipped } = readModelsDev(content, { asOf });
    const known = new Set(before.providers.map(({ id }) => id));
    const usable = models.filter(({ provider }) => known.has(provider));
    const foreign = models.filter(({ provider }) => !known.has(provider));
    const unknown = foreign.map(({ id, provider }) => ({ id, why: `unknown provider ${provider}` }));
    return { catalog: applySync(before, usable, asOf), skipped: [...skipped, ...unknown] };
  } catch (error) {
    if (error instanceof CatalogError) throw new GatewayError('invalid_request', error.message, { cause: error });
    throw error;
  }
}

const isCatalog = (content: unknown): boolean =>
  typeof content === 'object' &&
  content !== null &&
  'models' in content &&
  Array.isArray(content.models) &&
  'providers' in content &&
  Array.isArray(content.providers);
