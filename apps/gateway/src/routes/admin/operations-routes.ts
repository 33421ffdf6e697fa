import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { enableClient } from '@pointsman/administration';
import {
  CLIENT_SORTS,
  clientSchema,
  clientsViewSchema,
  nodesViewSchema,
  providersViewSchema,
  queuesViewSchema,
} from '@pointsman/contracts';
import { listClients } from '../../operations/list-clients.ts';
import { mustOperate, mustSeeAll } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const view = <Schema extends z.ZodType>(path: string, summary: string, schema: Schema) =>
  createRoute({
    method: 'get',
    path: `/operations/${path}`,
    tags: ['Operations'],
    summary,
    ...SECURED,
    responses: jsonReply(schema),
  });

const providersRoute = view(
  'providers',
  "Providers as this gateway sees them: breakers, the last hour's calls and failures, limits they told",
  providersViewSchema,
);
const nodesRoute = view('nodes', 'Gateways and evaluation workers that live, or are missed', nodesViewSchema);
const queuesRoute = view(
  'queues',
  'Evaluation runs under way and lately ended, and the annotation queue',
  queuesViewSchema,
);

const clientsRoute = createRoute({
  method: 'get',
  path: '/operations/clients',
  tags: ['Operations'],
  summary: "Clients with the month's requests, spend and quality so far",
  ...SECURED,
  request: {
    query: z.object({
      search: z.string().max(200).default('').openapi({ description: 'Part of a name, or an id' }),
      status: z.enum(['all', 'enabled', 'disabled']).default('all'),
      sort: z.enum(CLIENT_SORTS).default('spend'),
      order: z.enum(['asc', 'desc']).default('desc'),
      offset: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().positive().max(200).default(50),
    }),
  },
  responses: jsonReply(clientsViewSchema),
});

const enableRoute = createRoute({
  method: 'post',
  path: '/clients/{id}/enable',
  tags: ['Clients'],
  summary: 'Enable a client that was disabled',
  ...SECURED,
  request: { params: z.object({ id: z.string().openapi({ description: 'Client id or exact name' }) }) },
  responses: jsonReply(clientSchema),
});

/** What an operator watches: providers, nodes, queues; and clients, which customer success may see too. */
export function addOperationsRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const { operations, pipeline } = deps;
  app.openapi(providersRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(operations.providers(), 200);
  });
  app.openapi(nodesRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await operations.nodes(), 200);
  });
  app.openapi(queuesRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await operations.queues(), 200);
  });
  app.openapi(clientsRoute, async (c) => {
    mustSeeAll(await actorOf(c));
    const { order, ...query } = c.req.valid('query');
    const descending = order === 'desc';
    return c.json(await listClients(repositories, { ...query, descending }, pipeline.now()), 200);
  });
  app.openapi(enableRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await enableClient(repositories, { client: c.req.valid('param').id }), 200);
  });
}
