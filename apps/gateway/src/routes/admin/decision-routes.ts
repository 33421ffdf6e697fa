import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { USAGE_GROUPINGS, usageReport } from '@pointsman/administration';
import { decisionSchema, outcomeSchema, reasonSchema, utcDay } from '@pointsman/contracts';
import { type Actor, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const DAY_MS = 86_400_000;

const listQuery = z.object({
  client: z.string().optional(),
  model: z.string().optional(),
  reason: reasonSchema.optional(),
  outcome: outcomeSchema.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  before: z.string().optional().openapi({ description: 'The `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const usageQuery = z.object({
  client: z.string().optional(),
  from: z.iso.date().optional().openapi({ description: 'First UTC day; default 30 days ago' }),
  to: z.iso.date().optional().openapi({ description: 'UTC day after the last; default tomorrow' }),
  by: z
    .string()
    .default('day')
    .openapi({ description: `Comma-separated: ${USAGE_GROUPINGS.join(', ')}` }),
});

const usageSchema = z.object({
  data: z.array(
    z.object({
      key: z.partialRecord(z.enum(USAGE_GROUPINGS), z.string().optional()),
      requests: z.number(),
      outcomes: z.record(outcomeSchema, z.number()),
      tokens: z.object({
        input: z.number(),
        cachedInput: z.number(),
        cacheWrite: z.number(),
        output: z.number(),
        reasoning: z.number(),
      }),
      unknownUsageCount: z.number(),
      costNanoUsd: z.number(),
      estimatedCostNanoUsd: z.number(),
      estimatedCostCount: z.number(),
      estimatedCostShare: z.number().optional(),
      unknownCostCount: z.number(),
    }),
  ),
});

/** Decision records and usage. */
export function addDecisionRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const visibleTo = async (actor: Actor, reference: string | undefined) =>
    reference === undefined
      ? readableClient(actor, undefined)
      : (await reachableClient(actor, reference, repositories)).id;

  app.openapi(
    createRoute({
      method: 'get',
      path: '/decisions',
      tags: ['Decisions'],
      summary: 'List decisions, newest first',
      ...SECURED,
      request: { query: listQuery },
      responses: jsonReply(z.object({ data: z.array(decisionSchema), next: z.string().nullable() })),
    }),
    async (c) => {
      const { client, ...filter } = c.req.valid('query');
      const clientId = await visibleTo(await actorOf(c), client);
      const page = await repositories.decisions.list({ ...filter, clientId });
      return c.json({ data: page.decisions, next: page.next ?? null }, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/decisions/{id}',
      tags: ['Decisions'],
      summary: 'Why this model',
      ...SECURED,
      request: { params: z.object({ id: z.string() }) },
      responses: jsonReply(decisionSchema),
    }),
    async (c) =>
      c.json(await deps.findDecision(c.req.valid('param').id, readableClient(await actorOf(c), undefined)), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/usage',
      tags: ['Usage'],
      summary: 'Requests, tokens and cost',
      ...SECURED,
      request: { query: usageQuery },
      responses: jsonReply(usageSchema),
    }),
    async (c) => {
      const { client, from, to, by } = c.req.valid('query');
      const clientId = await visibleTo(await actorOf(c), client);
      const nowMs = deps.pipeline.now();
      const data = await usageReport(repositories, {
        client: clientId,
        from: from ?? utcDay(nowMs - 30 * DAY_MS),
        to: to ?? utcDay(nowMs + DAY_MS),
        by: by.split(',').map((key) => key.trim()),
      });
      return c.json({ data }, 200);
    },
  );
}
