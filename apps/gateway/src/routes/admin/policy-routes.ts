import { setImmediate } from 'node:timers/promises';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { checkPolicy, listPolicies, putPolicy, removePolicy } from '@pointsman/administration';
import {
  type Client,
  certificateViewSchema,
  clientPolicySchema,
  policyReplayRequestSchema,
  policyReplaySchema,
  policySchema,
} from '@pointsman/contracts';
import { createTurns } from '../../replay/create-turns.ts';
import { readReplay } from '../../replay/read-replay.ts';
import { viewCertificate } from '../../replay/view-certificate.ts';
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
const common = { tags: ['Policies'], ...SECURED };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/policies',
  summary: 'List policies',
  request: { query: ofClient },
  responses: jsonReply(z.object({ data: z.array(policySchema) })),
});

const effectiveRoute = createRoute({
  ...common,
  method: 'get',
  path: '/clients/{id}/policies',
  summary: "Policies a client's requests can go by: its own, and those of the installation that none of its own hides",
  request: { params: z.object({ id: z.string() }) },
  responses: jsonReply(z.object({ data: z.array(clientPolicySchema) })),
});

const putRoute = createRoute({
  ...common,
  method: 'put',
  path: '/policies/{name}',
  summary: 'Create or replace a policy; in force within a second',
  request: { params: named, query: ofClient, ...jsonBody(policySchema.omit({ name: true })) },
  responses: jsonReply(policySchema),
});

const removeRoute = createRoute({
  ...common,
  method: 'delete',
  path: '/policies/{name}',
  summary: 'Remove a policy no client uses',
  request: { params: named, query: ofClient },
  responses: jsonReply(z.object({ removed: z.string() })),
});

const certificateRoute = createRoute({
  ...common,
  method: 'get',
  path: '/policies/{name}/certificate',
  summary: "The latest certificate of a policy's floor, the client's own or that of everybody; null when there is none",
  request: { params: named, query: ofClient },
  responses: jsonReply(z.object({ certificate: certificateViewSchema.nullable() })),
});

const replayRoute = createRoute({
  ...common,
  method: 'post',
  path: '/policies/replay',
  summary:
    "What a client's last requests would have been under a policy, against the policy as it is; nothing is saved",
  request: jsonBody(policyReplayRequestSchema),
  responses: jsonReply(policyReplaySchema),
});

/** Policies: what each client's choice is made under. */
export function addPolicyRoutes(app: OpenAPIHono, api: AdminApi): void {
  const { actorOf, repositories } = api;
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
  addReadingRoutes(app, api);
}

/** Replays that wait for the one under way; more are refused. */
const MOST_WAITING = 8;

/** What a policy is about to do, and what is promised for it. */
function addReadingRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const takeTurn = createTurns(MOST_WAITING);
  app.openapi(effectiveRoute, async (c) => {
    const client = await reachableClient(await actorOf(c), c.req.valid('param').id, repositories);
    const entries = await repositories.policies.effectiveEntries(client.id);
    const data = entries.map((entry) => ({ ...entry, isDefault: entry.policy.name === client.policy }));
    return c.json({ data }, 200);
  });
  app.openapi(certificateRoute, async (c) => {
    const actor = await actorOf(c);
    const { client: reference } = c.req.valid('query');
    let client: Client | undefined;
    if (reference === undefined) readableClient(actor, undefined);
    else client = await reachableClient(actor, reference, repositories);
    const { name } = c.req.valid('param');
    const latest = (await repositories.certificates.latest()).filter(({ policy }) => policy === name);
    const found =
      latest.find(({ clientId }) => clientId === client?.id) ?? latest.find(({ clientId }) => clientId === null);
    return c.json({ certificate: (found && viewCertificate(found)) ?? null }, 200);
  });
  app.openapi(replayRoute, async (c) => {
    const { client: reference, policy, ...question } = c.req.valid('json');
    const client = await reachableClient(await actorOf(c), reference, repositories);
    checkPolicy(policy);
    const sources = { repositories, pipeline: deps.pipeline, pause: () => setImmediate() };
    const replay = await takeTurn(() => readReplay({ client, policy, trafficOf: undefined, ...question }, sources));
    return c.json(replay, 200);
  });
}
