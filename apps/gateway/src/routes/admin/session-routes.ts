import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError, ROLES } from '@pointsman/contracts';
import { bearerOf } from '../inference-route.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const credentialsSchema = z.strictObject({ email: z.string().max(320), password: z.string().max(1024) });
const sessionSchema = z.object({ token: z.string(), expiresAt: z.string(), email: z.string(), role: z.enum(ROLES) });
const actorSchema = z.object({ name: z.string(), role: z.enum(ROLES), clientId: z.string().optional() });

/** Wrong passwords per address of sign-in within a minute, after which it waits: slow enough for guessing, not for people. */
const MOST_FAILURES = 10;
const WINDOW_MS = 60_000;

/** Signing in and out. */
export function addSessionRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const failures = new Map<string, { count: number; sinceMs: number }>();
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
      const nowMs = deps.pipeline.now();
      refuseGuessing(failures, email.toLowerCase(), nowMs);
      const session = await repositories.users.signIn(email, password, nowMs);
      if (session === undefined) {
        countFailure(failures, email.toLowerCase(), nowMs);
        throw new GatewayError('invalid_api_key', 'The e-mail address or the password is wrong.');
      }
      failures.delete(email.toLowerCase());
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

type Failures = Map<string, { count: number; sinceMs: number }>;

function refuseGuessing(failures: Failures, email: string, nowMs: number): void {
  const entry = failures.get(email);
  if (entry === undefined) return;
  const waitMs = entry.sinceMs + WINDOW_MS - nowMs;
  if (waitMs <= 0) failures.delete(email);
  else if (entry.count >= MOST_FAILURES) {
    throw new GatewayError('rate_limit_exceeded', 'Too many wrong passwords for this address. Wait a minute.', {
      retryAfterMs: waitMs,
    });
  }
}

const MOST_TRACKED = 10_000;

function countFailure(failures: Failures, email: string, nowMs: number): void {
  const entry = failures.get(email);
  if (entry !== undefined) entry.count += 1;
  else {
    if (failures.size >= MOST_TRACKED) failures.clear();
    failures.set(email, { count: 1, sinceMs: nowMs });
  }
}
