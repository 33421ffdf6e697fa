import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnnotationQueue } from '@pointsman/annotation';
import {
  annotationFormatSchema,
  batchDetailSchema,
  batchInputSchema,
  batchItemsSchema,
  batchPageSchema,
  batchPatchSchema,
  batchSchema,
  importedSchema,
  raterPlansSchema,
  ratingsImportSchema,
} from '@pointsman/contracts';
import { stream } from 'hono/streaming';
import { mustOperate, mustSeeAll } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const batchId = z.object({ id: z.string() });
const described = { tags: ['Annotation batches'], ...SECURED };
const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

const listRoute = createRoute({
  method: 'get',
  path: '/annotation/batches',
  summary: 'List batches, newest first',
  ...described,
  request: { query: z.object(page) },
  responses: jsonReply(batchPageSchema),
});

const createBatchRoute = createRoute({
  method: 'post',
  path: '/annotation/batches',
  summary: "Make a batch of an evaluation run's replies, of sampled requests or of a file",
  ...described,
  request: jsonBody(batchInputSchema),
  responses: jsonReply(batchSchema, 201),
});

const planRoute = createRoute({
  method: 'get',
  path: '/annotation/rater-plan',
  summary: 'How many raters each dimension takes for a ceiling, by how far people agreed so far',
  ...described,
  request: {
    query: z.object({
      ceiling: z.coerce.number().min(0.5).max(0.98).default(0.9),
      most: z.coerce.number().int().min(1).max(12).default(5),
    }),
  },
  responses: jsonReply(raterPlansSchema),
});

const readRoute = createRoute({
  method: 'get',
  path: '/annotation/batches/{id}',
  summary: 'A batch: how far it is, how far its raters agree, what each of them did',
  ...described,
  request: { params: batchId },
  responses: jsonReply(batchDetailSchema),
});

const itemsRoute = createRoute({
  method: 'get',
  path: '/annotation/batches/{id}/items',
  summary: 'What was said of each item',
  ...described,
  request: { params: batchId, query: z.object({ ...page, disputed: z.stringbool().default(false) }) },
  responses: jsonReply(batchItemsSchema),
});

const changeRoute = createRoute({
  method: 'patch',
  path: '/annotation/batches/{id}',
  summary: 'Pause, resume, close or withdraw a batch, or change its title and guidelines',
  ...described,
  request: { params: batchId, ...jsonBody(batchPatchSchema) },
  responses: jsonReply(batchSchema),
});

const exportRoute = createRoute({
  method: 'get',
  path: '/annotation/batches/{id}/export',
  summary: 'A batch with its ratings as a file',
  ...described,
  request: { params: batchId, query: z.object({ format: annotationFormatSchema }) },
  responses: {
    ...jsonReply(z.never()),
    200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } },
  },
});

const importRoute = createRoute({
  method: 'post',
  path: '/annotation/batches/{id}/import',
  summary: 'Take in ratings of a batch that were made elsewhere',
  ...described,
  request: { params: batchId, ...jsonBody(ratingsImportSchema) },
  responses: jsonReply(importedSchema),
});

/** Batches of the annotation queue: operators make them, those who see all clients look at them. */
export function addAnnotationBatchRoutes(app: OpenAPIHono, { actorOf }: AdminApi, queue: AnnotationQueue): void {
  app.openapi(listRoute, async (c) => {
    mustSeeAll(await actorOf(c));
    return c.json(await queue.batches(c.req.valid('query')), 200);
  });
  app.openapi(createBatchRoute, async (c) => {
    const actor = await actorOf(c);
    mustOperate(actor);
    return c.json(await queue.openBatch(c.req.valid('json'), actor.name), 201);
  });
  app.openapi(planRoute, async (c) => {
    mustSeeAll(await actorOf(c));
    const { ceiling, most } = c.req.valid('query');
    return c.json(await queue.planRaters({ targetCeiling: ceiling, mostRaters: most }), 200);
  });
  app.openapi(readRoute, async (c) => {
    mustSeeAll(await actorOf(c));
    return c.json(await queue.batch(c.req.valid('param').id), 200);
  });
  app.openapi(itemsRoute, async (c) => {
    mustSeeAll(await actorOf(c));
    const { disputed, ...asked } = c.req.valid('query');
    const items = { batchId: c.req.valid('param').id, ...asked, disputedOnly: disputed };
    return c.json(await queue.batchItems(items), 200);
  });
  app.openapi(changeRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await queue.changeBatch(c.req.valid('param').id, c.req.valid('json')), 200);
  });
  addFileRoutes(app, actorOf, queue);
}

function addFileRoutes(app: OpenAPIHono, actorOf: AdminApi['actorOf'], queue: AnnotationQueue): void {
  app.openapi(exportRoute, async (c) => {
    mustSeeAll(await actorOf(c));
    const { id } = c.req.valid('param');
    const { contentType, fileName, parts } = await queue.exportBatch(id, c.req.valid('query').format);
    c.header('content-type', contentType);
    c.header('content-disposition', `attachment; filename="annotation-${id}.${fileName}"`);
    return stream(c, async (out) => {
      for await (const part of parts) await out.write(part);
    });
  });
  app.openapi(importRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await queue.importRatings(c.req.valid('param').id, c.req.valid('json')), 200);
  });
}
