import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Me, meSchema, ROLES, signInOptionsSchema } from '@pointsman/contracts';
import { bearerOf } from '../inference-route.ts';
import type { Actor } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { endCookieSession } from './cookie-session-routes.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';
import { wrongCredentials } from './sign-in-with-password.ts';

const credentialsSchema = z.strictObject({ email: z.string().max(320), password: z.string().max(1024) });
const sessionSchema = z.object({ token: z.string(), expiresAt: z.string(), email: z.string(), role: z.enum(ROLES) });

const signInRoute = createRoute({
  method: 'post',
  path: '/sign-in',
  tags: ['Session'],
  summary: 'Sign in, for scripts: the answer has a bearer token',
  request: jsonBody(credentialsSchema),
  responses: jsonReply(sessionSchema),
});

const signOutRoute = createRoute({
  method: 'post',
  path: '/sign-out',
  tags: ['Session'],
  summary: 'Sign out',
  ...SECURED,
  responses: jsonReply(z.object({ signedOut: z.boolean() })),
});

const meRoute = createRoute({
  method: 'get',
  path: '/me',
  tags: ['Session'],
  summary: 'Who am I',
  ...SECURED,
  responses: jsonReply(meSchema),
});

const optionsRoute = createRoute({
  method: 'get',
  path: '/sign-in-options',
  tags: ['Session'],
  summary: 'How people may sign in',
  responses: jsonReply(signInOptionsSchema),
});

/** Signing in and out. */
export function addSessionRoutes(app: OpenAPIHono, api: AdminApi): void {
  const { deps, actorOf, repositories, gate, signIns } = api;
  app.openapi(signInRoute, async (c) => {
    const { email, password } = c.req.valid('json');
    const { now } = deps.pipeline;
    const session = await gate.attempt(email.trim().toLowerCase(), () =>
      repositories.users.signIn(email, password, now()),
    );
    await signIns.record({ email, user: session?.user, how: 'password, for a script' });
    if (session === undefined) throw wrongCredentials();
    const { token, expiresAt, user } = session;
    return c.json({ token, expiresAt, email: user.email, role: user.role }, 200);
  });
  app.openapi(signOutRoute, async (c) => {
    await actorOf(c);
    const token = bearerOf(c.req.header('authorization'));
    if (token === undefined) await endCookieSession(c, deps.signIn);
    else await repositories.users.signOut(token);
    return c.json({ signedOut: true }, 200);
  });
  app.openapi(meRoute, async (c) => c.json(await describe(await actorOf(c), api), 200));
  app.openapi(optionsRoute, (c) => {
    const { oidc } = deps.signIn;
    return c.json(oidc === undefined ? {} : { oidc: { name: oidc.name } }, 200);
  });
}

async function describe({ name, role, clientId, person }: Actor, { deps, repositories }: AdminApi): Promise<Me> {
  const client = clientId === undefined ? undefined : await repositories.clients.get(clientId);
  return {
    name: person?.name || name,
    role,
    emulated: deps.pipeline.emulated,
    ...(person !== undefined && { email: person.email }),
    ...(clientId !== undefined && { clientId }),
    ...(client !== undefined && { clientName: client.name }),
  };
}
