import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { USAGE_GROUPINGS, usageReport } from '@pointsman/administration';
import {
  decisionExplanationSchema,
  decisionSchema,
  LONGEST_NAME,
  MOST_USD,
  nanoUsdFromUsd,
  outcomeSchema,
  reasonSchema,
  utcDay,
} from '@pointsman/contracts';
import type { DecisionFilter } from '@pointsman/db';
import { readExplanation } from '../../explanation/read-explanation.ts';
import { type Actor, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const DAY_MS = 86_400_000;

const text = z.string().min(1).max(LONGEST_NAME).optional();
const usd = z.coerce.number().nonnegative().max(MOST_USD).optional();

const listQuery = z.object({
  client: z.string().optional(),
  id: text.openapi({ description: 'A decision id, or how one begins' }),
  model: text.openapi({ description: 'That answered' }),
  provider: text,
  reason: reasonSchema.optional(),
  outcome: outcomeSchema.optional(),
  errors: z.enum(['true', 'false']).optional().openapi({ description: 'true: only what was refused or failed' }),
  policy: text,
  domain: text,
  task: text,
  key: text.openapi({ description: 'Id of a key' }),
  session: text,
  end_user: text,
  tag: z
    .string()
    .regex(/^[^=]+=/, 'key=value')
    .max(2 * LONGEST_NAME)
    .optional()
    .openapi({ description: 'key=value' }),
  min_cost_usd: usd,
  max_cost_usd: usd,
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  before: z.string().optional().openapi({ description: 'The `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  brief: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'true: of the candidates, which are most of a record, only the one that answered' }),
});

const pageSchema = z.object({
  data: z.array(decisionSchema),
  next: z.string().nullable(),
  searchedBackTo: z.iso.datetime().optional().openapi({
    description: 'Given when the search stopped early: nothing older was looked at, `next` goes on from there',
  }),
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
      responses: jsonReply(pageSchema),
    }),
    async (c) => {
      const query = c.req.valid('query');
      const clientId = await visibleTo(await actorOf(c), query.client);
      const page = await repositories.decisions.list({ ...filterOf(query), clientId });
      const { decisions: data, next = null, searchedBackTo } = page;
      return c.json({ data, next, ...(searchedBackTo !== undefined && { searchedBackTo }) }, 200);
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
      path: '/decisions/{id}/explanation',
      tags: ['Decisions'],
      summary:
        'Why this model, as facts: what the record comes to, with its certificate and what was said of the reply',
      ...SECURED,
      request: { params: z.object({ id: z.string() }) },
      responses: jsonReply(decisionExplanationSchema),
    }),
    async (c) => {
      const clientId = readableClient(await actorOf(c), undefined);
      const decision = await deps.findDecision(c.req.valid('param').id, clientId);
      return c.json(await readExplanation(decision, repositories), 200);
    },
  );
  addUsageRoute(app, { deps, visibleTo, actorOf, repositories });
}

type UsageParts = Pick<AdminApi, 'deps' | 'actorOf' | 'repositories'> & {
  visibleTo(actor: Actor, reference: string | undefined): Promise<string | undefined>;
};

function addUsageRoute(app: OpenAPIHono, { deps, visibleTo, actorOf, repositories }: UsageParts): void {
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

function filterOf(query: z.output<typeof listQuery>): DecisionFilter {
  const {
    client: _client,
    end_user: endUser,
    tag,
    min_cost_usd: minUsd,
    max_cost_usd: maxUsd,
    errors,
    brief,
    ...same
  } = query;
  const at = tag?.indexOf('=') ?? 0;
  return {
    ...same,
    endUser,
    tag: tag === undefined ? undefined : { key: tag.slice(0, at), value: tag.slice(at + 1) },
    minCostNanoUsd: minUsd === undefined ? undefined : nanoUsdFromUsd(minUsd),
    maxCostNanoUsd: maxUsd === undefined ? undefined : nanoUsdFromUsd(maxUsd),
    errorsOnly: errors === 'true',
    brief: brief === 'true',
  };
}
