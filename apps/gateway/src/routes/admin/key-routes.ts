import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { issueKey, listKeys, revokeKey, rotateKey, updateKey } from '@pointsman/administration';
import {
  type ApiKey,
  apiKeySchema,
  GatewayError,
  issuedKeySchema,
  keyInputSchema,
  keyPatchSchema,
  listedKeySchema,
  rotateKeySchema,
} from '@pointsman/contracts';
import { type Actor, mustOperate, mustOwn, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const clientId = z.object({ id: z.string().openapi({ description: 'Client id or exact name' }) });
const keyId = z.object({ id: z.string().openapi({ description: 'Key id', example: 'key_0193...' }) });

const listRoute = createRoute({
  method: 'get',
  path: '/clients/{id}/keys',
  tags: ['Keys'],
  summary: "List a client's keys, without their secrets",
  ...SECURED,
  request: { params: clientId },
  responses: jsonReply(z.object({ data: z.array(listedKeySchema) })),
});

const issueRoute = createRoute({
  method: 'post',
  path: '/clients/{id}/keys',
  tags: ['Keys'],
  summary: 'Issue a key',
  ...SECURED,
  request: { params: clientId, ...jsonBody(keyInputSchema.omit({ clientId: true })) },
  responses: jsonReply(issuedKeySchema, 201),
});

const changeRoute = createRoute({
  method: 'patch',
  path: '/keys/{id}',
  tags: ['Keys'],
  summary: "Change a key's name, expiry or limits; effective within a second",
  ...SECURED,
  request: { params: keyId, ...jsonBody(keyPatchSchema) },
  responses: jsonReply(apiKeySchema),
});

const rotateRoute = createRoute({
  method: 'post',
  path: '/keys/{id}/rotate',
  tags: ['Keys'],
  summary: 'Give a key a new secret; the old one goes on working for up to a week',
  ...SECURED,
  request: { params: keyId, ...jsonBody(rotateKeySchema) },
  responses: jsonReply(issuedKeySchema),
});

const revokeRoute = createRoute({
  method: 'delete',
  path: '/keys/{id}',
  tags: ['Keys'],
  summary: 'Revoke a key; effective within a second',
  ...SECURED,
  request: { params: keyId },
  responses: jsonReply(apiKeySchema),
});

/** Keys: issued, changed, rotated and revoked by whoever owns the client, read by everybody of it. */
export function addKeyRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const { now } = deps.pipeline;
  const changeableKey = async (actor: Actor, id: string): Promise<ApiKey> => {
    const keys = await listKeys(repositories, { client: readableClient(actor, undefined) });
    const key = keys.find((candidate) => candidate.id === id);
    if (key === undefined) throw new GatewayError('not_found', `There is no key "${id}".`);
    mustOwn(actor, key.clientId);
    return key;
  };
  app.openapi(listRoute, async (c) => {
    const client = await reachableClient(await actorOf(c), c.req.valid('param').id, repositories);
    const [keys, lastUsed] = await Promise.all([
      listKeys(repositories, { client: client.id }),
      repositories.keys.lastUsed(client.id),
    ]);
    return c.json({ data: keys.map((key) => ({ ...key, lastUsedOn: lastUsed.get(key.id) })) }, 200);
  });
  app.openapi(issueRoute, async (c) => {
    const actor = await actorOf(c);
    const client = await reachableClient(actor, c.req.valid('param').id, repositories);
    mustOwn(actor, client.id);
    const input = c.req.valid('json');
    if (input.scopes.includes('admin')) mustOperate(actor);
    return c.json(await issueKey(repositories, { ...input, client: client.id }, now()), 201);
  });
  app.openapi(changeRoute, async (c) => {
    const actor = await actorOf(c);
    const key = await changeableKey(actor, c.req.valid('param').id);
    if (key.scopes.includes('admin')) mustOperate(actor);
    return c.json(await updateKey(repositories, { key: key.id, patch: c.req.valid('json') }, now()), 200);
  });
  app.openapi(rotateRoute, async (c) => {
    const actor = await actorOf(c);
    const key = await changeableKey(actor, c.req.valid('param').id);
    // Its new secret would make an operator of whoever reads it.
    if (key.scopes.includes('admin')) mustOperate(actor);
    return c.json(await rotateKey(repositories, { ...c.req.valid('json'), key: key.id }, now()), 200);
  });
  app.openapi(revokeRoute, async (c) => {
    const key = await changeableKey(await actorOf(c), c.req.valid('param').id);
    return c.json(await revokeKey(repositories, { key: key.id }), 200);
  });
}
