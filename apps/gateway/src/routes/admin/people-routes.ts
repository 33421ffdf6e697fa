import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type Asker,
  changePerson,
  disablePerson,
  enablePerson,
  findPerson,
  linkForPassword,
  listPeople,
  removePerson,
  welcomeLink,
} from '@pointsman/administration';
import { GatewayError, oneTimeLinkSchema, personPatchSchema, personSchema } from '@pointsman/contracts';
import type { User } from '@pointsman/db';
import type { Context } from 'hono';
import type { Actor } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const params = z.object({ id: z.string() });
const changedSchema = personSchema.omit({ clientName: true, lastSignInAt: true, hasPassword: true });
const common = { tags: ['People'], ...SECURED };

const listRoute = createRoute({
  method: 'get',
  path: '/people',
  summary: 'List who may sign in',
  ...common,
  responses: jsonReply(z.object({ data: z.array(personSchema) })),
});
const changeRoute = createRoute({
  method: 'patch',
  path: '/people/{id}',
  summary: "Change a person's name or role",
  ...common,
  request: { params, ...jsonBody(personPatchSchema) },
  responses: jsonReply(changedSchema),
});
const disableRoute = createRoute({
  method: 'post',
  path: '/people/{id}/disable',
  summary: 'Shut a person out',
  ...common,
  request: { params },
  responses: jsonReply(changedSchema),
});
const enableRoute = createRoute({
  method: 'post',
  path: '/people/{id}/enable',
  summary: 'Let a person in again',
  ...common,
  request: { params },
  responses: jsonReply(changedSchema),
});
const removeRoute = createRoute({
  method: 'delete',
  path: '/people/{id}',
  summary: 'Remove a person',
  ...common,
  request: { params },
  responses: jsonReply(changedSchema),
});
const linkRoute = createRoute({
  method: 'post',
  path: '/people/{id}/reset-link',
  summary: 'Make a link with which a person sets a new password',
  ...common,
  request: { params },
  responses: jsonReply(oneTimeLinkSchema, 201),
});

/** Who may sign in. Operators reach everybody, a client's owners the people of their client. */
export function addPeopleRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const queryOf = async (c: Context, id: string) => ({ person: id, asker: askerOf(await actorOf(c)) });
  app.openapi(listRoute, async (c) => {
    const actor = await actorOf(c);
    const asker = actor.role === 'customer-success' ? { name: actor.name, clientId: undefined } : askerOf(actor);
    return c.json({ data: await listPeople(repositories, asker) }, 200);
  });
  app.openapi(changeRoute, async (c) => {
    const query = await queryOf(c, c.req.valid('param').id);
    return c.json(shown(await changePerson(repositories, query, c.req.valid('json'))), 200);
  });
  app.openapi(disableRoute, async (c) => {
    return c.json(shown(await disablePerson(repositories, await queryOf(c, c.req.valid('param').id))), 200);
  });
  app.openapi(enableRoute, async (c) => {
    return c.json(shown(await enablePerson(repositories, await queryOf(c, c.req.valid('param').id))), 200);
  });
  app.openapi(removeRoute, async (c) => {
    return c.json(shown(await removePerson(repositories, await queryOf(c, c.req.valid('param').id))), 200);
  });
  app.openapi(linkRoute, async (c) => {
    const query = await queryOf(c, c.req.valid('param').id);
    const person = await findPerson(repositories, query);
    const { token, expiresAt } = await linkForPassword(repositories, person, {
      asker: query.asker,
      now: deps.pipeline.now(),
    });
    const origin = deps.signIn.originOf((name) => c.req.header(name));
    return c.json({ link: welcomeLink(origin, token), expiresAt }, 201);
  });
}

/** Whom this actor may manage. @throws GatewayError `permission_denied` for all but operators and owners. */
export function askerOf({ name, role, clientId }: Actor): Asker {
  if (role === 'operator') return { name, clientId: undefined };
  if (role === 'client-owner' && clientId !== undefined) return { name, clientId };
  throw new GatewayError('permission_denied', `People are managed by operators and owners; ${name} is ${role}.`);
}

function shown({ id, name, email, role, createdAt, clientId, disabledAt }: User) {
  return {
    id,
    name,
    email,
    role,
    createdAt,
    ...(clientId !== undefined && { clientId }),
    ...(disabledAt !== undefined && { disabledAt }),
  };
}
