import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { storedSamplesSchema } from '@pointsman/contracts';
import { mustOwn, reachableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const clientId = z.object({ id: z.string().openapi({ description: 'Client id or exact name' }) });

const readRoute = createRoute({
  method: 'get',
  path: '/clients/{id}/samples',
  tags: ['Samples'],
  summary: 'How many redacted requests of a client are stored for people to rate',
  ...SECURED,
  request: { params: clientId },
  responses: jsonReply(storedSamplesSchema),
});

const eraseRoute = createRoute({
  method: 'delete',
  path: '/clients/{id}/samples',
  tags: ['Samples'],
  summary: "Erase a client's stored requests, of one end user or all",
  ...SECURED,
  request: {
    params: clientId,
    query: z.object({
      end_user: z
        .string()
        .min(1)
        .max(256)
        .optional()
        .openapi({ description: "As the application named it (`end_user` or OpenAI's `user`); absent: all" }),
    }),
  },
  responses: jsonReply(z.object({ erased: z.int() })),
});

/** Stored production requests: how many there are, and their erasure. */
export function addSampleRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  app.openapi(readRoute, async (c) => {
    const client = await reachableClient(await actorOf(c), c.req.valid('param').id, repositories);
    return c.json(await repositories.requestSamples.stored(client.id), 200);
  });
  app.openapi(eraseRoute, async (c) => {
    const actor = await actorOf(c);
    const client = await reachableClient(actor, c.req.valid('param').id, repositories);
    mustOwn(actor, client.id);
    // What this process holds for a moment longer would otherwise be stored after it was erased.
    await deps.samples.flush();
    const erased = await repositories.requestSamples.erase(client.id, c.req.valid('query').end_user);
    return c.json({ erased }, 200);
  });
}
