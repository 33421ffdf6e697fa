import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  boardAxisSchema,
  DOMAINS,
  GatewayError,
  metricSchema,
  modelBoardSchema,
  modelPlaneSchema,
  scoreSourceSchema,
  TASKS,
  utcDay,
} from '@pointsman/contracts';
import { keepReferences } from '../../model-board/keep-references.ts';
import { keepReports } from '../../model-board/keep-reports.ts';
import type { Onlooker } from '../../model-board/model-facts.ts';
import { readBoard } from '../../model-board/read-board.ts';
import { type PlaneSources, readPlane } from '../../model-board/read-plane.ts';
import { type Actor, reachableClient, readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';
import { PERIOD_QUERY, periodOf } from './period-query.ts';

const flag = z.enum(['true', 'false']).default('false');

const common = {
  client: z.string().optional().openapi({ description: 'Client id or exact name; all clients for those who see all' }),
  ...PERIOD_QUERY,
  source: scoreSourceSchema
    .default('router')
    .openapi({ description: 'What the router expects, real requests, or evaluation runs' }),
  series: z.string().optional().openapi({ description: 'With source benchmark: default that of the newest run' }),
  domain: z.enum(DOMAINS).optional(),
  task: z.enum(TASKS).optional(),
  allowed: flag.openapi({ description: "true: only models that the client's policy allows" }),
};

const planeRoute = createRoute({
  method: 'get',
  path: '/model-plane',
  tags: ['Models'],
  summary: 'Cost and quality of every model, the Pareto front, and where the policy sits',
  ...SECURED,
  request: { query: z.object(common) },
  responses: jsonReply(modelPlaneSchema),
});

const boardRoute = createRoute({
  method: 'get',
  path: '/model-board',
  tags: ['Models'],
  summary: 'Every model by dimension, domain or task, with intervals',
  ...SECURED,
  request: {
    query: z.object({
      ...common,
      by: boardAxisSchema.default('dimension'),
      metric: metricSchema.default('overall').openapi({ description: 'What cells of domains and tasks show' }),
      search: z.string().max(100).optional().openapi({ description: 'Part of a name or id' }),
      provider: z.string().max(100).optional(),
      measured: flag.openapi({ description: 'true: only models of which more is known than a prior' }),
      sort: z
        .string()
        .max(64)
        .default('-all')
        .openapi({ description: 'model, provider, input, output, context, latency or a column; - descending' }),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).default(0),
    }),
  },
  responses: jsonReply(modelBoardSchema),
});

/** Models compared: the plane and the board. */
export function addModelBoardRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const { quality, directory, latencies, providers, manifest, now } = deps.pipeline;
  const references = keepReferences({ quality, directory });
  const reports = keepReports(repositories.modelScores);

  const onlookerOf = async (actor: Actor, asked: string | undefined): Promise<Onlooker | undefined> => {
    const reference = asked ?? readableClient(actor, undefined);
    if (reference === undefined) return undefined;
    const client = await reachableClient(actor, reference, repositories);
    const policies = await repositories.policies.effective(client.id);
    const policy = policies.find(({ name }) => name === client.policy);
    if (policy === undefined) throw new GatewayError('not_found', `There is no policy "${client.policy}".`);
    return { client, policy };
  };
  const sourcesFor = (onlooker: Onlooker | undefined): PlaneSources => ({
    repositories,
    references,
    reports,
    models: directory().chatModels,
    manifest: manifest(),
    policy: onlooker?.policy,
    onlooker,
    day: utcDay(now()),
  });

  app.openapi(planeRoute, async (c) => {
    const { client, allowed, from, to, ...asked } = c.req.valid('query');
    const onlooker = await onlookerOf(await actorOf(c), client);
    const days = periodOf({ from, to }, now());
    const question = { ...asked, ...days, clientId: onlooker?.client.id, allowedOnly: allowed === 'true' };
    return c.json(await readPlane(question, sourcesFor(onlooker)), 200);
  });

  app.openapi(boardRoute, async (c) => {
    const { client, allowed, measured, from, to, ...asked } = c.req.valid('query');
    const onlooker = await onlookerOf(await actorOf(c), client);
    const days = periodOf({ from, to }, now());
    const only = { allowedOnly: allowed === 'true', measuredOnly: measured === 'true' };
    const board = await readBoard(
      { ...asked, ...days, ...only, clientId: onlooker?.client.id },
      {
        ...sourcesFor(onlooker),
        latencyP95Ms: latencies.p95Ms,
        isHealthy: ({ provider, id }) => providers.isHealthy(provider, id),
      },
    );
    return c.json(board, 200);
  });
}
