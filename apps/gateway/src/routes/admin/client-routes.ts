import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  clientPatchSchema,
  createClient,
  disableClient,
  listClients,
  ownerPatchProblem,
  updateClient,
} from '@pointsman/administration';
import { clientInputSchema, clientSchema, GatewayError } from '@pointsman/contracts';
import { mustOperate, mustOwn, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const clientId = z.object({
  id: z.string().openapi({ description: 'Client id or exact name', example: 'cli_0193...' }),
});

const listRoute = createRoute({
  method: 'get',
  path: '/clients',
  tags: ['Clients'],
  summary: 'List clients',
  ...SECURED,
  responses: jsonReply(z.object({ data: z.array(clientSchema) })),
});

const createClientRoute = createRoute({
  method: 'post',
  path: '/clients',
  tags: ['Clients'],
  summary: 'Create a client',
  ...SECURED,
  request: jsonBody(clientInputSchema),
  responses: jsonReply(clientSchema, 201),
});

const readRoute = createRoute({
  method: 'get',
  path: '/clients/{id}',
  tags: ['Clients'],
  summary: 'Read a client',
  ...SECURED,
  request: { params: clientId },
  responses: jsonReply(clientSchema),
});

const changeRoute = createRoute({
  method: 'patch',
  path: '/clients/{id}',
  tags: ['Clients'],
  summary:
    'Change a client: its limits, budgets, cache, policy, regions, sampling. Its owner may tighten limits, budgets and regions; loosening them is for operators',
  ...SECURED,
  request: { params: clientId, ...jsonBody(clientPatchSchema) },
  responses: jsonReply(clientSchema),
});

const disableRoute = createRoute({
  method: 'delete',
  path: '/clients/{id}',
  tags: ['Clients'],
  summary: 'Disable a client',
  ...SECURED,
  request: { params: clientId },
  responses: jsonReply(clientSchema),
});

/** Clients: whoever has keys, policies, limits and bills. */
export function addClientRoutes(app: OpenAPIHono, { actorOf, repositories }: AdminApi): void {
  app.openapi(listRoute, async (c) => {
    const visible = readableClient(await actorOf(c), undefined);
    const clients = await listClients(repositories);
    return c.json({ data: clients.filter((client) => visible === undefined || client.id === visible) }, 200);
  });
  app.openapi(createClientRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await createClient(repositories, c.req.valid('json')), 201);
  });
  app.openapi(readRoute, async (c) => {
    return c.json(await reachableClient(await actorOf(c), c.req.valid('param').id, repositories), 200);
  });
  app.openapi(changeRoute, async (c) => {
    const actor = await actorOf(c);
    const client = await reachableClient(actor, c.req.valid('param').id, repositories);
    mustOwn(actor, client.id);
    const patch = c.req.valid('json');
    const problem = actor.role === 'operator' ? undefined : ownerPatchProblem(client, patch);
    if (problem !== undefined) throw new GatewayError('permission_denied', problem);
    return c.json(await updateClient(repositories, { client: client.id, patch }), 200);
  });
  app.openapi(disableRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await disableClient(repositories, { client: c.req.valid('param').id }), 200);
  });
}
