import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type AnnotationQueue, createAnnotationQueue } from '@pointsman/annotation';
import {
  adjudicationDecisionSchema,
  adjudicationWorkSchema,
  annotationDraftSchema,
  annotationProgressSchema,
  annotationSubmissionSchema,
  annotationWorkSchema,
  GatewayError,
  nextItemsSchema,
  savedDraftSchema,
  skipSchema,
  submittedSchema,
  undoneSchema,
} from '@pointsman/contracts';
import type { Context } from 'hono';
import type { AdminApi } from './admin-api.ts';
import { addAnnotationBatchRoutes } from './annotation-batch-routes.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const itemId = z.object({ id: z.string().openapi({ description: 'An item that you were given' }) });
const doneSchema = z.object({ id: z.string() });
const described = { tags: ['Annotation'], ...SECURED };

const nextRoute = createRoute({
  method: 'post',
  path: '/annotation/next',
  summary: 'Reserve the next items to rate; tells everything you hold, in the order to rate',
  ...described,
  request: jsonBody(nextItemsSchema),
  responses: jsonReply(annotationWorkSchema),
});

const currentRoute = createRoute({
  method: 'get',
  path: '/annotation/current',
  summary: 'What you hold, with what you saved of it',
  ...described,
  responses: jsonReply(annotationWorkSchema),
});

const draftRoute = createRoute({
  method: 'put',
  path: '/annotation/items/{id}/draft',
  summary: 'Save a rating that is not finished; one of an older revision than the one that stands changes nothing',
  ...described,
  request: { params: itemId, ...jsonBody(annotationDraftSchema) },
  responses: jsonReply(savedDraftSchema),
});

const submitRoute = createRoute({
  method: 'post',
  path: '/annotation/items/{id}/submit',
  summary: 'Submit a rating; repeating it changes nothing',
  ...described,
  request: { params: itemId, ...jsonBody(annotationSubmissionSchema) },
  responses: jsonReply(submittedSchema),
});

const skipRoute = createRoute({
  method: 'post',
  path: '/annotation/items/{id}/skip',
  summary: 'Leave an item to others, saying why',
  ...described,
  request: { params: itemId, ...jsonBody(skipSchema) },
  responses: jsonReply(doneSchema),
});

const undoRoute = createRoute({
  method: 'post',
  path: '/annotation/undo',
  summary: 'Reopen the item that you submitted or skipped last, within twelve hours',
  ...described,
  responses: jsonReply(undoneSchema),
});

const progressRoute = createRoute({
  method: 'get',
  path: '/annotation/progress',
  summary: 'How far you are, and how fast',
  ...described,
  request: {
    query: z.object({
      batch: z.string().optional(),
      today: z.iso.datetime().optional().openapi({ description: 'When your day began; default midnight UTC' }),
    }),
  },
  responses: jsonReply(annotationProgressSchema),
});

const disputeRoute = createRoute({
  method: 'post',
  path: '/annotation/adjudication/next',
  summary: 'Reserve the next disagreement between raters that you may settle',
  ...described,
  responses: jsonReply(adjudicationWorkSchema),
});

const decideRoute = createRoute({
  method: 'post',
  path: '/annotation/adjudication/{id}/decision',
  summary: 'Settle a disagreement; repeating it changes nothing',
  ...described,
  request: { params: itemId, ...jsonBody(adjudicationDecisionSchema) },
  responses: jsonReply(doneSchema),
});

const passRoute = createRoute({
  method: 'post',
  path: '/annotation/adjudication/{id}/skip',
  summary: 'Leave a disagreement to others',
  ...described,
  request: { params: itemId },
  responses: jsonReply(doneSchema),
});

const DAY_MS = 86_400_000;

/** The annotation queue: what raters and third persons do, and what operators do with its batches. */
export function addAnnotationRoutes(app: OpenAPIHono, api: AdminApi): void {
  const { now } = api.deps.pipeline;
  const queue = createAnnotationQueue({ repositories: api.repositories, now });
  /** Who rates. Clients' people have nothing to do with it: replies of others are in it. */
  const raterOf = async (c: Context): Promise<string> => {
    const { id, name, role } = await api.actorOf(c);
    if (role === 'annotator' || role === 'operator') return id;
    throw new GatewayError('permission_denied', `Rating needs the role annotator; ${name} is ${role}.`);
  };
  addRatingRoutes(app, queue, raterOf);
  app.openapi(progressRoute, async (c) => {
    const rater = await raterOf(c);
    const { batch, today } = c.req.valid('query');
    const sinceMs = today === undefined ? Math.floor(now() / DAY_MS) * DAY_MS : Date.parse(today);
    return c.json(await queue.progress(rater, { batch, sinceMs }), 200);
  });
  addAdjudicationRoutes(app, queue, raterOf);
  addAnnotationBatchRoutes(app, api, queue);
}

type RaterOf = (c: Context) => Promise<string>;

function addRatingRoutes(app: OpenAPIHono, queue: AnnotationQueue, raterOf: RaterOf): void {
  app.openapi(nextRoute, async (c) => c.json(await queue.next(await raterOf(c), c.req.valid('json')), 200));
  app.openapi(currentRoute, async (c) => c.json(await queue.current(await raterOf(c)), 200));
  app.openapi(draftRoute, async (c) => {
    const rater = await raterOf(c);
    return c.json(await queue.saveDraft(rater, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  app.openapi(submitRoute, async (c) => {
    const rater = await raterOf(c);
    return c.json(await queue.submit(rater, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  app.openapi(skipRoute, async (c) => {
    const rater = await raterOf(c);
    return c.json(await queue.skip(rater, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  app.openapi(undoRoute, async (c) => c.json(await queue.undo(await raterOf(c)), 200));
}

function addAdjudicationRoutes(app: OpenAPIHono, queue: AnnotationQueue, raterOf: RaterOf): void {
  app.openapi(disputeRoute, async (c) => c.json(await queue.nextDispute(await raterOf(c)), 200));
  app.openapi(decideRoute, async (c) => {
    const adjudicator = await raterOf(c);
    return c.json(await queue.decide(adjudicator, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  app.openapi(passRoute, async (c) => {
    const adjudicator = await raterOf(c);
    return c.json(await queue.skipDispute(adjudicator, c.req.valid('param').id), 200);
  });
}
