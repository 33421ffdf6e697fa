import { OpenAPIHono } from '@hono/zod-openapi';
import { GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import type { Context } from 'hono';
import type { GatewayDependencies } from '../../dependencies.ts';
import { toOpenAiError } from '../../errors/to-openai-error.ts';
import { errorText } from '../../logging/create-log.ts';
import { isServerFault } from '../write-reply.ts';
import { type Actor, mustOperate, readActor } from './actor.ts';
import { addAnnotationRoutes } from './annotation-routes.ts';
import { addAuditRoutes } from './audit-routes.ts';
import { addBenchmarkRoutes } from './benchmark-routes.ts';
import { addBudgetRoutes } from './budget-routes.ts';
import { addCatalogRoutes } from './catalog-routes.ts';
import { addClientRoutes } from './client-routes.ts';
import { addCookieSessionRoutes } from './cookie-session-routes.ts';
import { addDecisionRoutes } from './decision-routes.ts';
import { addInvitationRoutes } from './invitation-routes.ts';
import { addKeyRoutes } from './key-routes.ts';
import { limitBody } from './limit-body.ts';
import { addLiveRoutes } from './live-routes.ts';
import { addModelBoardRoutes } from './model-board-routes.ts';
import { addModelRoutes } from './model-routes.ts';
import { addOperationsRoutes } from './operations-routes.ts';
import { addOverviewRoutes } from './overview-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addPlaygroundRoutes } from './playground-routes.ts';
import { addPolicyRoutes } from './policy-routes.ts';
import { recordChanges } from './record-changes.ts';
import { recordSignIns, type SignInRecords } from './record-sign-ins.ts';
import { referencePage } from './reference-page.ts';
import { addRouterRoutes } from './router-routes.ts';
import { addRunRoutes } from './run-routes.ts';
import { addSampleRoutes } from './sample-routes.ts';
import { addSessionRoutes } from './session-routes.ts';
import { createSignInGate, type SignInGate } from './sign-in-gate.ts';

/** What the admin routes stand on. Everything they do, they do through the operations the command line uses too. */
export type AdminApi = {
  deps: GatewayDependencies;
  repositories: Repositories;
  actorOf(c: Context): Promise<Actor>;
  gate: SignInGate;
  signIns: SignInRecords;
};

/** Bodies are read before anybody is asked who they are, and no document of this API but one comes near it. */
const MOST_BODY_BYTES = 1024 * 1024;
/** models.dev's whole content is about three megabytes, a file of a thousand replies to rate about as much; whoever sends it is asked first. */
const MOST_FILE_BYTES = 16 * 1024 * 1024;
const FILE_PATHS = ['/catalog/:sync{sync(-preview)?}', '/annotation/batches', '/annotation/batches/:id/import'];
const isFile = (path: string) => /^\/api\/(catalog\/sync(-preview)?|annotation\/batches(\/[^/]+\/import)?)$/.test(path);

const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Pointsman admin API',
    version: '1',
    description:
      "Clients, keys, policies, models, decisions and usage. The inference API under /v1 is OpenAI's. The token is what POST /api/sign-in returns, or an API key: with scope admin it acts as an operator, with scope read it sees its own client. Browsers come with a cookie instead.",
  },
  servers: [{ url: '/api' }],
};

/** `/api`: described once in zod, published as OpenAPI 3.1 at `/api/openapi.json` and readable at `/api/reference`. */
export function createAdminApi(deps: GatewayDependencies): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const path = issue?.path.join('.') ?? '';
      throw new GatewayError(
        'invalid_request',
        `${path === '' ? 'body' : path}: ${issue?.message ?? 'is not valid'}.`,
        path === '' ? {} : { param: path },
      );
    },
  });
  const api = foundation(deps);
  for (const path of FILE_PATHS)
    app.use(path, async (c, next) => {
      if (c.req.method !== 'GET') mustOperate(await api.actorOf(c));
      await next();
    });
  app.use(limitBody((path) => (isFile(path) ? MOST_FILE_BYTES : MOST_BODY_BYTES)));
  app.use(recordChanges(app, api));
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of POST /api/sign-in, or an API key with the scope read or admin',
  });
  addSessionRoutes(app, api);
  addCookieSessionRoutes(app, api);
  addPeopleRoutes(app, api);
  addInvitationRoutes(app, api);
  addAuditRoutes(app, api);
  addClientRoutes(app, api);
  addKeyRoutes(app, api);
  addBudgetRoutes(app, api);
  addSampleRoutes(app, api);
  addPlaygroundRoutes(app, api);
  addPolicyRoutes(app, api);
  addModelRoutes(app, api);
  addModelBoardRoutes(app, api);
  addDecisionRoutes(app, api);
  addOverviewRoutes(app, api);
  addOperationsRoutes(app, api);
  addLiveRoutes(app, api);
  addRouterRoutes(app, api);
  addCatalogRoutes(app, api);
  addBenchmarkRoutes(app, api);
  addRunRoutes(app, api);
  addAnnotationRoutes(app, api);
  app.get('/openapi.json', (c) => c.json(app.getOpenAPI31Document(DOCUMENT)));
  app.get('/reference', (c) => c.html(referencePage(app.getOpenAPI31Document(DOCUMENT))));
  app.onError((error, c) => {
    const known = asGatewayError(error);
    if (isServerFault(known)) deps.log.error('admin request failed', { route: c.req.path, error: errorText(error) });
    const { status, headers, body } = toOpenAiError(known);
    return c.body(body, status as 400, headers);
  });
  return app;
}

function foundation(deps: GatewayDependencies): AdminApi {
  const { repositories, signIn } = deps;
  const { now } = deps.pipeline;
  const actors = new WeakMap<Context, Promise<Actor>>();
  return {
    deps,
    repositories,
    gate: createSignInGate(now),
    signIns: recordSignIns(repositories, now),
    // The log of changes asks before the route does.
    actorOf(c) {
      const actor = actors.get(c) ?? readActor(c, { ...deps.pipeline, users: repositories.users, signIn });
      actors.set(c, actor);
      return actor;
    },
  };
}

/** Hono reports a body that is no JSON as an HTTP exception of its own. */
function asGatewayError(error: unknown): unknown {
  const malformed = error instanceof Error && 'status' in error && error.status === 400;
  return malformed ? new GatewayError('invalid_json', `The request body is not valid JSON: ${error.message}`) : error;
}
