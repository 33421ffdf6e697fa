import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listRuns, readItem, readItems, readRun } from '@pointsman/annotation';
import {
  comparedItemsSchema,
  itemDetailSchema,
  RUN_KINDS,
  runDetailSchema,
  runItemsQuerySchema,
  runPageSchema,
  runStatusSchema,
} from '@pointsman/contracts';
import { readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const runsQuery = z.object({
  status: runStatusSchema.optional(),
  kind: z.enum(RUN_KINDS).optional(),
  benchmark: z.string().max(100).optional(),
  model: z.string().max(200).optional().openapi({ description: 'Catalogue id of a contestant' }),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(25),
});
const identified = z.object({ id: z.string() });
const { contestant } = runItemsQuerySchema.shape;

const listRoute = createRoute({
  method: 'get',
  path: '/runs',
  tags: ['Reports'],
  summary: 'Evaluation runs, newest first',
  ...SECURED,
  request: { query: runsQuery },
  responses: jsonReply(runPageSchema),
});

const readRoute = createRoute({
  method: 'get',
  path: '/runs/{id}',
  tags: ['Reports'],
  summary: 'A run with its reports: verdict, differences with intervals, examples',
  ...SECURED,
  request: { params: identified },
  responses: jsonReply(runDetailSchema),
});

const itemsRoute = createRoute({
  method: 'get',
  path: '/runs/{id}/items',
  tags: ['Reports'],
  summary: 'Cases of a run with the scores of candidate and baseline, those that lost most first',
  ...SECURED,
  request: { params: identified, query: runItemsQuerySchema },
  responses: jsonReply(comparedItemsSchema),
});

const itemRoute = createRoute({
  method: 'get',
  path: '/runs/{id}/items/{caseId}',
  tags: ['Reports'],
  summary: 'Both replies to a case with their verdicts',
  ...SECURED,
  request: { params: identified.extend({ caseId: z.string() }), query: z.object({ contestant }) },
  responses: jsonReply(itemDetailSchema),
});

/** Evaluation runs: clients see those on benchmarks, and none that carries another client's name. */
export function addRunRoutes(app: OpenAPIHono, { actorOf, repositories }: AdminApi): void {
  app.openapi(listRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    return c.json(await listRuns(repositories, seenBy, c.req.valid('query')), 200);
  });
  app.openapi(readRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    return c.json(await readRun(repositories, seenBy, c.req.valid('param').id), 200);
  });
  app.openapi(itemsRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    const run = { id: c.req.valid('param').id, seenBy };
    return c.json(await readItems(repositories, run, c.req.valid('query')), 200);
  });
  app.openapi(itemRoute, async (c) => {
    const seenBy = readableClient(await actorOf(c), undefined);
    const { id, caseId } = c.req.valid('param');
    return c.json(await readItem(repositories, { id, seenBy }, { caseId, ...c.req.valid('query') }), 200);
  });
}
