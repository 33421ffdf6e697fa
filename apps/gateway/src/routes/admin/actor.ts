import { findClient } from '@pointsman/administration';
import { type Client, GatewayError, type Role } from '@pointsman/contracts';
import type { Repositories, User } from '@pointsman/db';
import type { Context } from 'hono';
import type { Authentication } from '../../pipeline/authenticate.ts';
import { authenticate } from '../../pipeline/authenticate.ts';
import type { SignIn } from '../../sign-in/create-sign-in.ts';
import { requestSource } from '../../sign-in/request-source.ts';
import { bearerOf } from '../inference-route.ts';

/** Who is asking the admin API, and how far their sight and their hands reach. */
export type Actor = {
  /** How the log of changes calls them: an address, or the start of a key. */
  name: string;
  role: Role;
  /** The one client this actor belongs to; absent for those who see all. */
  clientId: string | undefined;
  /** Of the user or key. */
  id: string;
  /** Absent for keys. */
  person?: { email: string; name: string } | undefined;
};

export type ActorSource = Authentication & { users: Repositories['users']; signIn: SignIn };

/** Sign-in tokens and API keys both come as bearer tokens; a key starts with this. */
const KEY_PREFIX = 'pm_';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Reads the actor from the cookie of a browser's session, a session token of `/api/sign-in`, or an API key: scope `admin`
 * acts as an operator, scope `read` as a member of its client. A change that a cookie alone stands for must come from a
 * page of ours. @throws GatewayError `missing_api_key`, `invalid_api_key`, `permission_denied`.
 */
export async function readActor(c: Context, source: ActorSource): Promise<Actor> {
  const authorization = c.req.header('authorization');
  const cookie = c.req.header('cookie');
  if (authorization === undefined && cookie !== undefined) {
    const actor = await actorOfCookie(c, cookie, source.signIn);
    if (actor !== undefined) return actor;
  }
  return actorOfToken(bearerOf(authorization), source);
}

async function actorOfCookie(c: Context, cookie: string, signIn: SignIn): Promise<Actor | undefined> {
  const header = (name: string) => c.req.header(name);
  const origin = signIn.originOf(header);
  const session = await signIn.sessionOf(cookie, origin);
  if (session === undefined) return undefined;
  if (!SAFE_METHODS.has(c.req.method) && requestSource(header, origin) !== 'ours') {
    throw new GatewayError('permission_denied', `A cookie changes something only from a page of ${origin}.`);
  }
  for (const each of session.setCookies) c.header('set-cookie', each, { append: true });
  return actorOfUser(session.user);
}

async function actorOfToken(token: string | undefined, source: ActorSource): Promise<Actor> {
  if (token === undefined || token.startsWith(KEY_PREFIX)) {
    const { key, client } = await authenticate(token, 'read', source);
    const admin = key.scopes.includes('admin');
    return {
      id: key.id,
      name: `${key.prefix}...`,
      role: admin ? 'operator' : 'client-member',
      clientId: admin ? undefined : client.id,
    };
  }
  const session = await source.users.findSession(token, source.now());
  if (session === undefined) throw new GatewayError('invalid_api_key', 'The session has ended. Sign in again.');
  return actorOfUser(session.user);
}

/** The actor that a signed-in user is. */
export function actorOfUser({ id, email, name, role, clientId }: User): Actor {
  return { id, name: email, role, clientId, person: { email, name } };
}

const SEES_ALL = new Set<Role>(['operator', 'customer-success']);

/** The client whose data this actor may read: their own, or any when they see all. @throws GatewayError `permission_denied`. */
export function readableClient(actor: Actor, asked: string | undefined): string | undefined {
  if (SEES_ALL.has(actor.role)) return asked;
  if (actor.clientId === undefined)
    throw new GatewayError('permission_denied', `The role ${actor.role} sees no client's data.`);
  // A client sees its own data, always, only: another's is answered as if it did not exist.
  if (asked !== undefined && asked !== actor.clientId)
    throw new GatewayError('not_found', `There is no client "${asked}".`);
  return actor.clientId;
}

/** The client named by id or name, if this actor may see it; to others it does not exist. @throws GatewayError `not_found`. */
export async function reachableClient(actor: Actor, reference: string, repositories: Repositories): Promise<Client> {
  if (SEES_ALL.has(actor.role)) return findClient(repositories, reference);
  const own = actor.clientId === undefined ? undefined : await findClient(repositories, actor.clientId);
  if (own !== undefined && (reference === own.id || reference === own.name)) return own;
  throw new GatewayError('not_found', `There is no client "${reference}".`);
}

/** @throws GatewayError `permission_denied` unless the actor runs this installation. */
export function mustOperate(actor: Actor): void {
  if (actor.role !== 'operator')
    throw new GatewayError('permission_denied', `This needs the role operator; ${actor.name} is ${actor.role}.`);
}

/** @throws GatewayError `permission_denied` unless the actor may look at every client. */
export function mustSeeAll({ name, role }: Actor): void {
  if (!SEES_ALL.has(role))
    throw new GatewayError('permission_denied', `This is about all clients; ${name} is ${role}.`);
}

/** @throws GatewayError `permission_denied` unless the actor is an operator or owns this client. */
export function mustOwn(actor: Actor, clientId: string): void {
  if (actor.role === 'operator') return;
  if (actor.role !== 'client-owner' || actor.clientId !== clientId) {
    throw new GatewayError(
      'permission_denied',
      `Changing client ${clientId} needs its owner or an operator; ${actor.name} is ${actor.role}.`,
    );
  }
}
