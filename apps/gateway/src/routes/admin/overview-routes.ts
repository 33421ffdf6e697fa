import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { overviewGroupingSchema, overviewSchema } from '@pointsman/contracts';
import { readOverview } from '../../overview/read-overview.ts';
import { reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';
import { PERIOD_QUERY, periodOf } from './period-query.ts';

const overviewQuery = z.object({
  client: z.string().optional().openapi({ description: 'Client id or exact name; all clients for those who see all' }),
  ...PERIOD_QUERY,
  by: overviewGroupingSchema.default('model'),
  compare: z
    .enum(['previous', 'none'])
    .default('previous')
    .openapi({ description: 'With as many days right before, or with nothing' }),
});

const overviewRoute = createRoute({
  method: 'get',
  path: '/overview',
  tags: ['Usage'],
  summary: 'Spend, quality, savings and latency of a period, with intervals',
  ...SECURED,
  request: { query: overviewQuery },
  responses: jsonReply(overviewSchema),
});

/** The overview of a client, or of all. */
export function addOverviewRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  app.openapi(overviewRoute, async (c) => {
    const { client, by, compare, ...days } = c.req.valid('query');
    const actor = await actorOf(c);
    const clientId =
      client === undefined ? readableClient(actor, undefined) : (await reachableClient(actor, client, repositories)).id;
    const query = { clientId, by, comparePrevious: compare === 'previous', ...periodOf(days, deps.pipeline.now()) };
    return c.json(await readOverview(repositories, query), 200);
  });
}
