import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError, overviewGroupingSchema, overviewSchema, utcDay } from '@pointsman/contracts';
import { readOverview } from '../../overview/read-overview.ts';
import { reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

const overviewQuery = z.object({
  client: z.string().optional().openapi({ description: 'Client id or exact name; all clients for those who see all' }),
  from: z.iso.date().optional().openapi({ description: 'First UTC day; default 30 days ago' }),
  to: z.iso.date().optional().openapi({ description: 'UTC day after the last; default tomorrow' }),
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
    const query = { clientId, by, comparePrevious: compare === 'previous', ...period(days, deps.pipeline.now()) };
    return c.json(await readOverview(repositories, query), 200);
  });
}

/** @throws GatewayError `invalid_request` for a period that ends before it begins, or is too long to be looked at. */
function period(asked: { from?: string | undefined; to?: string | undefined }, nowMs: number) {
  const to = asked.to ?? utcDay(nowMs + DAY_MS);
  const from = asked.from ?? utcDay(Date.parse(to) - 30 * DAY_MS);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days >= 1 && days <= MOST_DAYS) return { from, to };
  throw new GatewayError(
    'invalid_request',
    `'from' ${from} to 'to' ${to} are ${days} days: 1 to ${MOST_DAYS} are shown.`,
    {
      param: 'from',
    },
  );
}
