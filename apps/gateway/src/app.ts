import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { feedbackSchema, GatewayError, utcDay } from '@pointsman/contracts';
import { type Context, Hono } from 'hono';
import type { GatewayDependencies } from './dependencies.ts';
import { toOpenAiError } from './errors/to-openai-error.ts';
import { errorText } from './logging/create-log.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { handleChatCompletion } from './pipeline/handle-chat-completion.ts';
import { handleEmbedding } from './pipeline/handle-embedding.ts';
import { check } from './pipeline/parse-chat-request.ts';
import { parseJson } from './pipeline/parse-json.ts';
import { createAdminApi } from './routes/admin/admin-api.ts';
import { createDashboardServer, findDashboard } from './routes/dashboard-files.ts';
import { readiness } from './routes/health.ts';
import { bearerOf, type InferenceRoute, serveInference } from './routes/inference-route.ts';
import { getModel, listModels, type ModelListing } from './routes/models.ts';
import { readBody } from './routes/read-body.ts';
import { isServerFault } from './routes/write-reply.ts';

/** The longest correction and comment, each character escaped. */
const MOST_FEEDBACK_BYTES = 1024 * 1024;

type Env = { Bindings: HttpBindings };

/** The route table. Inference runs on Node's own request and response; everything else on Hono's. */
export function createApp(deps: GatewayDependencies): Hono<Env> {
  const app = new Hono<Env>();
  addInferenceRoutes(app, deps);
  addCallerRoutes(app, deps);
  addProbes(app, deps);
  app.route('/api', createAdminApi(deps));
  const serveDashboard = createDashboardServer(findDashboard());
  app.notFound(async (c) => (await serveDashboard(c)) ?? respond(c, notFound(c)));
  app.onError((error, c) => {
    if (isServerFault(error)) deps.log.error('request failed', { route: c.req.path, error: errorText(error) });
    return respond(c, error);
  });
  return app;
}

function addInferenceRoutes(app: Hono<Env>, deps: GatewayDependencies): void {
  const { pipeline, log } = deps;
  const inference = (handle: InferenceRoute['handle']) => {
    const route: InferenceRoute = {
      handle,
      maxRequestBytes: deps.maxRequestBytes,
      now: pipeline.now,
      elapsedMs: pipeline.elapsedMs,
      isDraining: deps.isDraining,
      logFault: (error, decision) => log.error('request failed', { decision, error: errorText(error) }),
    };
    return async (c: Context<Env>) => {
      await deps.openRequests.run(() => serveInference(c.env.incoming, c.env.outgoing, route));
      return RESPONSE_ALREADY_SENT;
    };
  };
  const chat = inference((call) => handleChatCompletion(call, pipeline));
  const embeddings = inference((call) => handleEmbedding(call, pipeline));
  app.post('/v1/chat/completions', chat);
  app.post('/v1/embeddings', embeddings);
}

/** What a caller may ask besides inference: models, its own decisions, feedback on them. */
function addCallerRoutes(app: Hono<Env>, deps: GatewayDependencies): void {
  const { pipeline } = deps;
  const callerOf = (c: Context<Env>, scope: 'inference' | 'read') =>
    authenticate(bearerOf(c.req.header('authorization')), scope, pipeline);
  const listing = async (c: Context<Env>): Promise<ModelListing> => ({
    directory: pipeline.directory(),
    caller: await callerOf(c, 'inference'),
    isoDate: utcDay(pipeline.now()),
    emulated: pipeline.emulated,
  });
  app.get('/v1/models', async (c) => c.json(listModels(await listing(c))));
  app.get('/v1/models/:id{.+}', async (c) => c.json(getModel(c.req.param('id'), await listing(c))));
  app.get('/v1/pointsman/decisions/:id', async (c) => {
    const { client } = await callerOf(c, 'read');
    return c.json(await deps.findDecision(c.req.param('id'), client.id));
  });
  app.post('/v1/pointsman/feedback', async (c) => {
    const { client } = await callerOf(c, 'inference');
    const feedback = check(feedbackSchema, parseJson(await readBody(c.env.incoming, MOST_FEEDBACK_BYTES)), '');
    await deps.addFeedback(feedback, client.id);
    return c.json({ decision_id: feedback.decision_id, recorded: true }, 201);
  });
}

/** For whoever watches over the process. None of these calls a model. */
function addProbes(app: Hono<Env>, deps: GatewayDependencies): void {
  const { registry } = deps.metrics;
  app.get('/livez', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const report = await readiness(deps);
    return c.json(report, report.status === 'unavailable' ? 503 : 200);
  });
  app.get('/metrics', async (c) => c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }));
}

function respond(c: Context, error: unknown): Response {
  const { status, headers, body } = toOpenAiError(error);
  return c.body(body, status as 400, headers);
}

const POST_ONLY = new Set(['/v1/chat/completions', '/v1/embeddings', '/v1/pointsman/feedback']);

const INFERENCE = [...POST_ONLY, '/v1/models'].join(', ');

function whereToLook(path: string): string {
  if (path.startsWith('/api')) return 'GET /api/reference lists the admin API.';
  if (path.startsWith('/v1')) return `This gateway serves ${INFERENCE}.`;
  return 'The base URL for OpenAI clients ends in /v1; the admin API is described at /api/reference.';
}

function notFound(c: Context): GatewayError {
  const { path, method } = c.req;
  if (POST_ONLY.has(path)) return new GatewayError('method_not_allowed', `${path} takes POST, not ${method}.`);
  return new GatewayError('not_found', `There is nothing at ${method} ${path}. ${whereToLook(path)}`);
}
