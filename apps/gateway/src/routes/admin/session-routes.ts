import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError, ROLES } from '@pointsman/contracts';
import { bearerOf } from '../inference-route.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';
import { createSignInGate } from './sign-in-gate.ts';

const credentialsSchema = z.strictObject({ email: z.string().max(320), password: z.string().max(1024) });
const sessionSchema = z.object({ token: z.string(), expiresAt: z.string(), email: z.string(), role: z.enum(ROLES) });
const actorSchema = z.object({ name: z.string(), role: z.enum(ROLES), clientId: z.string().optional() });

/** Signing in and out. */
export function addSessionRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const gate = createSignInGate(deps.pipeline.now);
  app.openapi(
    createRoute({
      method: 'post',
      path: '/sign-in',
      tags: ['Session'],
      summary: 'Sign in',
      request: jsonBody(credentialsSchema),
      responses: jsonReply(sessionSchema),
    }),
    async (c) => {
      const { email, password } = c.req.valid('json');
      const { now } = deps.pipeline;
      const session = await gate.attempt(email.trim().toLowerCase(), () =>
        repositories.users.signIn(email, password, now()),
      );
      if (session === undefined)
        throw new GatewayError('invalid_api_key', 'The e-mail address or the password is wrong.');
      const { token, expiresAt, user } = session;
      return c.json({ token, expiresAt, email: user.email, role: user.role }, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/sign-out',
      tags: ['Session'],
      summary: 'Sign out',
      ...SECURED,
      responses: jsonReply(z.object({ signedOut: z.boolean() })),
    }),
    async (c) => {
      await actorOf(c);
      await repositories.users.signOut(bearerOf(c.req.header('authorization')) ?? '');
      return c.json({ signedOut: true }, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/me',
      tags: ['Session'],
      summary: 'Who am I',
      ...SECURED,
      responses: jsonReply(actorSchema),
    }),
    async (c) => {
      const { name, role, clientId } = await actorOf(c);
      return c.json(clientId === undefined ? { name, role } : { name, role, clientId }, 200);
    },
  );
}
