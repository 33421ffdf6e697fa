import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  clientPatchSchema,
  createClient,
  disableClient,
  issueKey,
  listClients,
  listKeys,
  revokeKey,
  updateClient,
} from '@pointsman/administration';
import { apiKeySchema, clientInputSchema, clientSchema, GatewayError, keyInputSchema } from '@pointsman/contracts';
import { mustOperate, mustOwn, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const clientId = z.object({
  id: z.string().openapi({ description: 'Client id or exact name', example: 'cli_0193...' }),
});

const issuedKeySchema = z.object({
  key: apiKeySchema,
  secret: z.string().openapi({ description: 'Shown this once; only its hash is stored.' }),
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
  summary: 'Change a client: its limits, budgets, cache, policy, regions',
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

const listKeysRoute = createRoute({
  method: 'get',
  path: '/clients/{id}/keys',
  tags: ['Keys'],
  summary: "List a client's keys",
  ...SECURED,
  request: { params: clientId },
  responses: jsonReply(z.object({ data: z.array(apiKeySchema) })),
});

const issueKeyRoute = createRoute({
  method: 'post',
  path: '/clients/{id}/keys',
  tags: ['Keys'],
  summary: 'Issue a key',
  ...SECURED,
  request: { params: clientId, ...jsonBody(keyInputSchema.omit({ clientId: true })) },
  responses: jsonReply(issuedKeySchema, 201),
});

const revokeKeyRoute = createRoute({
  method: 'delete',
  path: '/keys/{id}',
  tags: ['Keys'],
  summary: 'Revoke a key; effective within a second',
  ...SECURED,
  request: { params: z.object({ id: z.string() }) },
  responses: jsonReply(apiKeySchema),
});

/** Clients and their keys. */
export function addClientRoutes(app: OpenAPIHono, api: AdminApi): void {
  const { actorOf, repositories } = api;
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
    mustOperate(await actorOf(c));
    return c.json(
      await updateClient(repositories, { client: c.req.valid('param').id, patch: c.req.valid('json') }),
      200,
    );
  });
  app.openapi(disableRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await disableClient(repositories, { client: c.req.valid('param').id }), 200);
  });
  addKeyRoutes(app, api);
}

function addKeyRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  app.openapi(listKeysRoute, async (c) => {
    const client = await reachableClient(await actorOf(c), c.req.valid('param').id, repositories);
    return c.json({ data: await listKeys(repositories, { client: client.id }) }, 200);
  });
  app.openapi(issueKeyRoute, async (c) => {
    const actor = await actorOf(c);
    const client = await reachableClient(actor, c.req.valid('param').id, repositories);
    mustOwn(actor, client.id);
    const input = c.req.valid('json');
    if (input.scopes.includes('admin')) mustOperate(actor);
    return c.json(await issueKey(repositories, { ...input, client: client.id }, deps.pipeline.now()), 201);
  });
  app.openapi(revokeKeyRoute, async (c) => {
    const actor = await actorOf(c);
    const { id } = c.req.valid('param');
    const own = actor.role === 'operator' ? undefined : actor.clientId;
    const key = (await listKeys(repositories, { client: own })).find((k) => k.id === id);
    if (key === undefined) throw new GatewayError('not_found', `There is no key "${id}".`);
    mustOwn(actor, key.clientId);
    return c.json(await revokeKey(repositories, { key: id }), 200);
  });
}
