import { OpenAPIHono } from '@hono/zod-openapi';
import { GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import type { Context } from 'hono';
import type { GatewayDependencies } from '../../dependencies.ts';
import { toOpenAiError } from '../../errors/to-openai-error.ts';
import { errorText } from '../../logging/create-log.ts';
import { isServerFault } from '../write-reply.ts';
import { type Actor, readActor } from './actor.ts';
import { addAuditRoutes } from './audit-routes.ts';
import { addBudgetRoutes } from './budget-routes.ts';
import { addClientRoutes } from './client-routes.ts';
import { addCookieSessionRoutes } from './cookie-session-routes.ts';
import { addDecisionRoutes } from './decision-routes.ts';
import { addInvitationRoutes } from './invitation-routes.ts';
import { addKeyRoutes } from './key-routes.ts';
import { limitBody } from './limit-body.ts';
import { addModelRoutes } from './model-routes.ts';
import { addOverviewRoutes } from './overview-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addPlaygroundRoutes } from './playground-routes.ts';
import { addPolicyRoutes } from './policy-routes.ts';
import { recordChanges } from './record-changes.ts';
import { recordSignIns, type SignInRecords } from './record-sign-ins.ts';
import { referencePage } from './reference-page.ts';
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

/** Bodies are read before anybody is asked who they are, and no document of this API comes near it. */
const MOST_BODY_BYTES = 1024 * 1024;

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
  app.use(limitBody(MOST_BODY_BYTES));
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
  addDecisionRoutes(app, api);
  addOverviewRoutes(app, api);
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
