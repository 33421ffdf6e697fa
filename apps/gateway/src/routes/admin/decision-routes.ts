import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { decisionSchema, outcomeSchema, reasonSchema } from '@pointsman/contracts';
import { reachableClient, readableClient, type Actor } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const DAY_MS = 86_400_000;
const BY = ['day', 'model', 'domain', 'client', 'policy'] as const;

const listQuery = z.object({
  client: z.string().optional(),
  model: z.string().optional(),
  reason: reasonSchema.optional(),
  outcome: outcomeSchema.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  before: z.string().optional().openapi({ description: 'The last id of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const usageQuery = z.object({
  client: z.string().optional(),
  from: z.iso.date().optional().openapi({ description: 'First UTC day; default 30 days ago' }),
  to: z.iso.date().optional().openapi({ description: 'Last UTC day; default today' }),
  by: z.string().default('day').openapi({ description: `Comma-separated: ${BY.join(', ')}` }),
});

const byList = z.array(z.enum(BY)).min(1);
const usageSchema = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

/** Decision records and usage. */
export function addDecisionRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const visibleTo = async (actor: Actor, reference: string | undefined) =>
    reference === undefined ? readableClient(actor, undefined) : (await reachableClient(actor, reference, repositories)).id;

  app.openapi(
    createRoute({ method: 'get', path: '/decisions', tags: ['Decisions'], summary: 'List decisions, newest first', ...SECURED, request: { query: listQuery }, responses: jsonReply(z.object({ data: z.array(decisionSchema), next: z.string().nullable() })) }),
    async (c) => {
      const { client, ...filter } = c.req.valid('query');
      const clientId = await visibleTo(await actorOf(c), client);
      const data = await repositories.decisions.list({ ...filter, clientId });
      return c.json({ data, next: data.length === filter.limit ? (data.at(-1)?.id ?? null) : null }, 200);
    },
  );
  app.openapi(
    createRoute({ method: 'get', path: '/decisions/{id}', tags: ['Decisions'], summary: 'Why this model', ...SECURED, request: { params: z.object({ id: z.string() }) }, responses: jsonReply(decisionSchema) }),
    async (c) => c.json(await deps.findDecision(c.req.valid('param').id, readableClient(await actorOf(c), undefined)), 200),
  );
  app.openapi(
    createRoute({ method: 'get', path: '/usage', tags: ['Usage'], summary: 'Requests, tokens and cost', ...SECURED, request: { query: usageQuery }, responses: jsonReply(usageSchema) }),
    async (c) => {
      const { client, from, to, by } = c.req.valid('query');
      const clientId = await visibleTo(await actorOf(c), client);
      const nowMs = deps.pipeline.now();
      const data = await repositories.decisions.usage({
        clientId,
        from: from ?? dayOf(nowMs - 30 * DAY_MS),
        to: to ?? dayOf(nowMs),
        by: byList.parse(by.split(',')),
      });
      return c.json({ data: data.map((row) => ({ ...row })) }, 200);
    },
  );
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
