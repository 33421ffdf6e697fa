import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { GatewayError, passwordChangeSchema } from '@pointsman/contracts';
import type { Context } from 'hono';
import { OIDC_PROVIDER, type SignIn } from '../../sign-in/create-sign-in.ts';
import { requestSource } from '../../sign-in/request-source.ts';
import type { AdminApi } from './admin-api.ts';
import { askBetterAuth, refusalOf } from './ask-better-auth.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';
import { signInWithPassword } from './sign-in-with-password.ts';

const credentialsSchema = z.strictObject({ email: z.string().max(320), password: z.string().max(1024) });
const doneSchema = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;
/** Back to a page of ours, never elsewhere. */
const pathSchema = z
  .string()
  .regex(/^\/(?![/\\])/, 'a path of this installation')
  .max(2000);

const signInRoute = createRoute({
  method: 'post',
  path: '/auth/sign-in/email',
  tags: ['Session'],
  summary: 'Sign in, for browsers: the answer sets a cookie',
  request: jsonBody(credentialsSchema),
  responses: jsonReply(doneSchema),
});

const providerRoute = createRoute({
  method: 'post',
  path: '/auth/sign-in/social',
  tags: ['Session'],
  summary: 'Start to sign in with the provider of identities',
  request: jsonBody(z.strictObject({ callbackURL: pathSchema.default('/') })),
  responses: jsonReply(z.object({ url: z.string().openapi({ description: 'Where the browser goes next' }) })),
});

const callbackRoute = createRoute({
  method: 'get',
  path: '/auth/callback/oidc',
  tags: ['Session'],
  summary: 'Where the provider of identities sends people back to',
  responses: { 302: { description: 'To the page asked for, or to /sign-in?error=...' } },
});

const passwordRoute = createRoute({
  method: 'post',
  path: '/auth/change-password',
  tags: ['Session'],
  summary: 'Change my password; my other sessions end',
  ...SECURED,
  request: jsonBody(passwordChangeSchema),
  responses: jsonReply(doneSchema),
});

/** Sign-in with cookies. Of better-auth's routes these are open, no others. */
export function addCookieSessionRoutes(app: OpenAPIHono, api: AdminApi): void {
  const { deps, actorOf, gate, signIns } = api;
  const { signIn } = deps;
  app.openapi(signInRoute, async (c) => {
    mustNotComeFromElsewhere(c, signIn);
    await signInWithPassword(c, api, c.req.valid('json'));
    return c.json(DONE, 200);
  });
  app.openapi(providerRoute, async (c) => {
    mustNotComeFromElsewhere(c, signIn);
    if (signIn.oidc === undefined) throw new GatewayError('not_found', 'No provider of identities is configured.');
    const body = {
      ...c.req.valid('json'),
      provider: OIDC_PROVIDER,
      errorCallbackURL: '/sign-in',
      disableRedirect: true,
    };
    const answer = await askBetterAuth(c, signIn, { path: '/sign-in/social', body });
    if (answer.status === 404) {
      throw new GatewayError('storage_unavailable', 'The provider of identities does not answer. Try again.');
    }
    if (!answer.ok) throw await refusalOf(answer);
    const { url } = (await answer.json()) as { url: string };
    return c.json({ url }, 200);
  });
  app.openapi(callbackRoute, async (c) => {
    const answer = await askBetterAuth(c, signIn, { path: `/callback/oidc${new URL(c.req.url).search}` });
    const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
    const session = await signIn.sessionOf(
      cookies.join('; '),
      signIn.originOf((name) => c.req.header(name)),
    );
    await signIns.record({ user: session?.user, how: 'provider of identities' });
    return c.redirect(answer.headers.get('location') ?? '/sign-in?error=unknown', 302);
  });
  app.openapi(passwordRoute, async (c) => {
    const { person } = await actorOf(c);
    if (person === undefined) throw new GatewayError('permission_denied', 'A key has no password.');
    const body = { ...c.req.valid('json'), revokeOtherSessions: true };
    const answer = await gate.attempt(person.email, async () => {
      const tried = await askBetterAuth(c, signIn, { path: '/change-password', body });
      return tried.status === 400 ? undefined : tried;
    });
    if (answer === undefined)
      throw new GatewayError('invalid_request', 'The present password is wrong.', { param: 'currentPassword' });
    if (!answer.ok) throw await refusalOf(answer);
    return c.json(DONE, 200);
  });
}

/** Ends the session that the request's cookies stand for. */
export async function endCookieSession(c: Context, signIn: SignIn): Promise<void> {
  const answer = await askBetterAuth(c, signIn, { path: '/sign-out', body: {} });
  if (!answer.ok) throw await refusalOf(answer);
}

/** Nobody shall be signed in by a page that is not ours. @throws GatewayError `permission_denied`. */
export function mustNotComeFromElsewhere(c: Context, signIn: SignIn): void {
  const header = (name: string) => c.req.header(name);
  const origin = signIn.originOf(header);
  if (requestSource(header, origin) === 'elsewhere') {
    throw new GatewayError('permission_denied', `People sign in on pages of ${origin} only.`);
  }
}
