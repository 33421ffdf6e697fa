import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  acceptLink,
  invite,
  listInvitations,
  readLink,
  revokeInvitation,
  welcomeLink,
} from '@pointsman/administration';
import {
  acceptInputSchema,
  invitationInputSchema,
  invitationSchema,
  linkPurposeSchema,
  oneTimeLinkSchema,
} from '@pointsman/contracts';
import { actorOfUser, reachableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { mustNotComeFromElsewhere } from './cookie-session-routes.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';
import { askerOf } from './people-routes.ts';
import { recorded } from './record-changes.ts';
import { signInWithPassword } from './sign-in-with-password.ts';

const tags = ['People'];

const inviteRoute = createRoute({
  method: 'post',
  path: '/invitations',
  tags,
  summary: 'Invite somebody',
  ...SECURED,
  request: jsonBody(invitationInputSchema),
  responses: jsonReply(oneTimeLinkSchema.extend({ invitation: invitationSchema }), 201),
});
const listRoute = createRoute({
  method: 'get',
  path: '/invitations',
  tags,
  summary: 'List the last 200 invitations',
  ...SECURED,
  responses: jsonReply(z.object({ data: z.array(invitationSchema) })),
});
const revokeRoute = createRoute({
  method: 'delete',
  path: '/invitations/{id}',
  tags,
  summary: 'Withdraw an invitation',
  ...SECURED,
  request: { params: z.object({ id: z.string() }) },
  responses: jsonReply(z.object({ revoked: z.literal(true) })),
});
const purposeRoute = createRoute({
  method: 'get',
  path: '/invitations/accept',
  tags,
  summary: 'What a link is for',
  request: { query: z.object({ token: z.string().max(200) }) },
  responses: jsonReply(linkPurposeSchema),
});
const acceptRoute = createRoute({
  method: 'post',
  path: '/invitations/accept',
  tags,
  summary: 'Use a link: the person is signed in afterwards',
  request: jsonBody(acceptInputSchema),
  responses: jsonReply(z.object({ email: z.string() })),
});

/** Links by which people come in. */
export function addInvitationRoutes(app: OpenAPIHono, api: AdminApi): void {
  const { deps, actorOf, repositories } = api;
  const { now } = deps.pipeline;
  app.openapi(inviteRoute, async (c) => {
    const actor = await actorOf(c);
    const asker = askerOf(actor);
    const input = c.req.valid('json');
    const reference = input.client ?? asker.clientId;
    // Found as the asker sees it, so that another's name is no better than one that nobody has.
    const client = reference === undefined ? undefined : (await reachableClient(actor, reference, repositories)).id;
    const { invitation, token, expiresAt } = await invite(repositories, { ...input, client }, { asker, now: now() });
    const link = welcomeLink(
      deps.signIn.originOf((name) => c.req.header(name)),
      token,
    );
    return c.json({ invitation, link, expiresAt }, 201);
  });
  app.openapi(listRoute, async (c) => {
    return c.json({ data: await listInvitations(repositories, askerOf(await actorOf(c)), now()) }, 200);
  });
  app.openapi(revokeRoute, async (c) => {
    const asker = askerOf(await actorOf(c));
    await revokeInvitation(repositories, { invitation: c.req.valid('param').id, asker }, now());
    return c.json({ revoked: true as const }, 200);
  });
  app.openapi(purposeRoute, async (c) => {
    return c.json(await readLink(repositories, c.req.valid('query').token, now()), 200);
  });
  app.openapi(acceptRoute, async (c) => {
    mustNotComeFromElsewhere(c, deps.signIn);
    const { password, ...rest } = c.req.valid('json');
    const user = await acceptLink(repositories, { ...rest, password }, now());
    await repositories.auditLog.add(
      { ...recorded(actorOfUser(user)), action: 'POST /invitations/accept', summary: 'Use a link', details: {} },
      { outcome: 'done', status: 200 },
    );
    await signInWithPassword(c, api, { email: user.email, password });
    return c.json({ email: user.email }, 200);
  });
}
