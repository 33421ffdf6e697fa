import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listPolicies, putPolicy, removePolicy } from '@pointsman/administration';
import { policySchema } from '@pointsman/contracts';
import { type Actor, mustOperate, mustOwn, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const ofClient = z.object({
  client: z
    .string()
    .optional()
    .openapi({ description: "Client id or name; absent: the installation's policies, which every client may use" }),
});
const named = z.object({ name: z.string() });

const listRoute = createRoute({
  method: 'get',
  path: '/policies',
  tags: ['Policies'],
  summary: 'List policies',
  ...SECURED,
  request: { query: ofClient },
  responses: jsonReply(z.object({ data: z.array(policySchema) })),
});

const putRoute = createRoute({
  method: 'put',
  path: '/policies/{name}',
  tags: ['Policies'],
  summary: 'Create or replace a policy; in force within a second',
  ...SECURED,
  request: { params: named, query: ofClient, ...jsonBody(policySchema.omit({ name: true })) },
  responses: jsonReply(policySchema),
});

const removeRoute = createRoute({
  method: 'delete',
  path: '/policies/{name}',
  tags: ['Policies'],
  summary: 'Remove a policy no client uses',
  ...SECURED,
  request: { params: named, query: ofClient },
  responses: jsonReply(z.object({ removed: z.string() })),
});

/** Policies: what each client's choice is made under. */
export function addPolicyRoutes(app: OpenAPIHono, { actorOf, repositories }: AdminApi): void {
  const writableClient = async (actor: Actor, reference: string | undefined) => {
    if (reference === undefined) {
      mustOperate(actor);
      return undefined;
    }
    const client = await reachableClient(actor, reference, repositories);
    mustOwn(actor, client.id);
    return client.id;
  };
  app.openapi(listRoute, async (c) => {
    const actor = await actorOf(c);
    const { client } = c.req.valid('query');
    if (client === undefined) {
      readableClient(actor, undefined);
      return c.json({ data: await listPolicies(repositories) }, 200);
    }
    const { id } = await reachableClient(actor, client, repositories);
    return c.json({ data: await listPolicies(repositories, { client: id }) }, 200);
  });
  app.openapi(putRoute, async (c) => {
    const clientId = await writableClient(await actorOf(c), c.req.valid('query').client);
    const policy = { ...c.req.valid('json'), name: c.req.valid('param').name };
    return c.json(await putPolicy(repositories, { policy, client: clientId }), 200);
  });
  app.openapi(removeRoute, async (c) => {
    const { name } = c.req.valid('param');
    const client = await writableClient(await actorOf(c), c.req.valid('query').client);
    await removePolicy(repositories, { name, client });
    return c.json({ removed: name }, 200);
  });
}
