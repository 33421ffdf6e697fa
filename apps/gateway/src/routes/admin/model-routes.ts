import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { catalogModelSchema } from '@pointsman/contracts';
import { readableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

const modelsSchema = z.object({
  catalogVersion: z.string(),
  emulated: z.boolean(),
  data: z.array(
    z.object({
      model: catalogModelSchema,
      /** The model's provider is switched on. */
      enabled: z.boolean(),
      healthy: z.boolean(),
      latencyP95Ms: z.number().optional(),
    }),
  ),
});

/** The catalogue as this gateway sees it. */
export function addModelRoutes(app: OpenAPIHono, { deps, actorOf }: AdminApi): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/models',
      tags: ['Models'],
      summary: 'List models with prices, health and live latency',
      ...SECURED,
      responses: jsonReply(modelsSchema),
    }),
    async (c) => {
      readableClient(await actorOf(c), undefined);
      const { directory, providers, latencies, emulated } = deps.pipeline;
      const { catalog, provider } = directory();
      const data = catalog.models.map((model) => {
        const latencyP95Ms = latencies.p95Ms(model.id);
        return {
          model,
          enabled: provider(model.provider) !== undefined,
          healthy: providers.isHealthy(model.provider, model.id),
          ...(latencyP95Ms === undefined ? {} : { latencyP95Ms }),
        };
      });
      return c.json({ catalogVersion: catalog.version, emulated, data }, 200);
    },
  );
}
