import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { activateCatalog, ConfigurationError, showCatalog, syncCatalog } from '@pointsman/administration';
import {
  type Catalog,
  type CatalogSyncInput,
  type CatalogSyncView,
  catalogDiffViewSchema,
  catalogSyncInputSchema,
  catalogSyncViewSchema,
  catalogViewSchema,
  GatewayError,
  utcDay,
} from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { diffCatalogs, shippedCatalog } from '@pointsman/model-catalog';
import type { GatewayDependencies } from '../../dependencies.ts';
import { viewCatalog } from '../../operations/catalog/view-catalog.ts';
import { viewDiff } from '../../operations/catalog/view-diff.ts';
import { mustOperate } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const MOST_SKIPPED = 100;

const readRoute = createRoute({
  method: 'get',
  path: '/catalog',
  tags: ['Operations'],
  summary: 'The catalogue in use, the versions that were, and the prices that change',
  ...SECURED,
  responses: jsonReply(catalogViewSchema),
});

const diffRoute = createRoute({
  method: 'get',
  path: '/catalog/diff',
  tags: ['Operations'],
  summary: 'What differs between two versions of the catalogue',
  ...SECURED,
  request: { query: z.object({ from: z.string().max(100), to: z.string().max(100) }) },
  responses: jsonReply(catalogDiffViewSchema),
});

const syncRoute = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    tags: ['Operations'],
    summary,
    ...SECURED,
    request: jsonBody(catalogSyncInputSchema),
    responses: jsonReply(catalogSyncViewSchema),
  });
const previewRoute = syncRoute('/catalog/sync-preview', "What taking in models.dev's content would change");
const applyRoute = syncRoute('/catalog/sync', "Take in models.dev's content: gateways follow within a second");

const activateRoute = createRoute({
  method: 'post',
  path: '/catalog/activate',
  tags: ['Operations'],
  summary: 'Use a catalogue again that was in use before, or the shipped one',
  ...SECURED,
  request: jsonBody(z.strictObject({ version: z.string().min(1).max(100) })),
  responses: jsonReply(catalogViewSchema),
});

/** The catalogue of models and prices: seen, compared, synced, set back. */
export function addCatalogRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const read = () => viewCatalog(repositories, utcDay(deps.pipeline.now()));
  app.openapi(readRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await read(), 200);
  });
  app.openapi(diffRoute, async (c) => {
    mustOperate(await actorOf(c));
    const { from, to } = c.req.valid('query');
    const [before, after] = await Promise.all([
      catalogOf(from, 'from', repositories),
      catalogOf(to, 'to', repositories),
    ]);
    return c.json(viewDiff(diffCatalogs(before, after)), 200);
  });
  app.openapi(previewRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await sync(c.req.valid('json'), false, deps), 200);
  });
  app.openapi(applyRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await sync(c.req.valid('json'), true, deps), 200);
  });
  app.openapi(activateRoute, async (c) => {
    mustOperate(await actorOf(c));
    const { configuration } = deps;
    await fitting(activateCatalog(repositories, { ...c.req.valid('json'), configuration }));
    return c.json(await read(), 200);
  });
}

async function sync(
  input: CatalogSyncInput,
  apply: boolean,
  { repositories, configuration }: Pick<GatewayDependencies, 'repositories' | 'configuration'>,
): Promise<CatalogSyncView> {
  const { diff, skipped, applied, catalog } = await fitting(
    syncCatalog(repositories, { ...input, apply, configuration }),
  );
  return {
    diff: viewDiff(diff),
    skipped: { count: skipped.length, listed: skipped.slice(0, MOST_SKIPPED) },
    applied,
    version: catalog.version,
  };
}

/** That the configuration of this gateway does not go with a catalogue is for people to mend, not a fault. */
async function fitting<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new GatewayError('conflict', `The configuration does not fit this catalogue. ${error.message}`, {
      cause: error,
    });
  }
}

async function catalogOf(
  version: string,
  param: string,
  repositories: Pick<Repositories, 'catalogs'>,
): Promise<Catalog> {
  const shipped = shippedCatalog();
  if (version === shipped.version) return shipped;
  const { catalog } = await showCatalog(repositories);
  const found = catalog.version === version ? catalog : await repositories.catalogs.get(version);
  if (found !== undefined) return found;
  throw new GatewayError('not_found', `There is no catalogue of version "${version}".`, { param });
}
