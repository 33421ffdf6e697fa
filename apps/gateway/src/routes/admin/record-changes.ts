import type { OpenAPIHono } from '@hono/zod-openapi';
import { findClient } from '@pointsman/administration';
import type { AuditEnding } from '@pointsman/db';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { errorText } from '../../logging/create-log.ts';
import type { Actor } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { redactBody } from './redact-body.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Nobody is signed in yet when these are called: they write their own entries. */
export const RECORD_THEMSELVES: ReadonlySet<string> = new Set([
  'POST /sign-in',
  'POST /auth/sign-in/email',
  'POST /auth/sign-in/social',
  'POST /invitations/accept',
]);

/** Change nothing that is anybody's but the asker's own work in hand: reservations, autosaves, questions with a body. */
export const CHANGE_NOTHING: ReadonlySet<string> = new Set([
  'POST /annotation/next',
  'PUT /annotation/items/{id}/draft',
  'POST /annotation/adjudication/next',
  'POST /playground/preview',
  'POST /policies/replay',
  'POST /catalog/sync-preview',
]);

/** What the log may name: every route that changes something, with its summary. */
export function auditActions(app: OpenAPIHono): Map<string, string> {
  const routes = app.openAPIRegistry.definitions.flatMap((each) => (each.type === 'route' ? [each.route] : []));
  const changing = routes
    .filter(({ method }) => method !== 'get')
    .map(({ method, path, summary }) => [`${method.toUpperCase()} ${path}`, summary ?? ''] as const);
  return new Map(changing.filter(([action]) => !CHANGE_NOTHING.has(action)));
}

/**
 * Records every change that somebody signed in asks for. The entry is written before the change, as `started`, and is
 * completed after it: a change without an entry cannot be, and an entry that nobody completed says that nobody knows.
 */
export function recordChanges(app: OpenAPIHono, { actorOf, repositories, deps }: AdminApi): MiddlewareHandler {
  const { auditLog } = repositories;
  let actions: Map<string, string> | undefined;
  return async (c, next) => {
    const template = SAFE_METHODS.has(c.req.method) ? undefined : templateOf(c);
    const action = `${c.req.method} ${template}`;
    if (template === undefined || RECORD_THEMSELVES.has(action) || CHANGE_NOTHING.has(action)) return next();
    // Whoever may not come in is told so by the route.
    const actor = await actorOf(c).catch(() => undefined);
    if (actor === undefined) return next();
    actions ??= auditActions(app);
    const body = await bodyOf(c);
    const params = paramsOf(template, c.req.path);
    const id = await auditLog.start({
      ...recorded(actor),
      clientId: await clientConcerned(actor, { template, params, body }, repositories),
      action,
      summary: actions.get(action) ?? action,
      details: { ...params, ...(body !== undefined && { body: redactBody(body) }) },
    });
    await next();
    try {
      await auditLog.finish(id, await endingOf(c, template));
    } catch (error) {
      deps.log.error('the log of changes does not know how a change ended', { entry: id, error: errorText(error) });
    }
  };
}

/** An actor as the log names it. */
export const recorded = ({ id, name, role, clientId }: Actor) => ({ actor: name, actorId: id, role, clientId });

/** `/clients/{id}`, as the route is described; undefined when nothing answers this path. */
function templateOf(c: Context): string | undefined {
  const route = matchedRoutes(c).findLast(({ method }) => method === c.req.method);
  return route?.path.replace(/^\/api/, '').replace(/:(\w+)/g, '{$1}');
}

function paramsOf(template: string, path: string): Record<string, string> {
  const values = path.replace(/^\/api/, '').split('/');
  const named = template.split('/').map((part, index) => [/^\{(\w+)\}$/.exec(part)?.[1], values[index]] as const);
  return Object.fromEntries(
    named.flatMap(([name, value]) => (name && value !== undefined ? [[name, safelyDecoded(value)]] : [])),
  );
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return `[${text.length} characters that are no JSON]`;
  }
}

type Asked = { template: string; params: Record<string, string>; body: unknown };

/** The client that a call is about, as far as it can be told before its answer. */
async function clientConcerned(
  actor: Actor,
  { template, params, body }: Asked,
  repositories: AdminApi['repositories'],
): Promise<string | undefined> {
  if (actor.clientId !== undefined) return actor.clientId;
  const reference = template.startsWith('/clients/{id}')
    ? params.id
    : (textIn(body, 'clientId') ?? textIn(body, 'client'));
  if (reference === undefined) return undefined;
  // One that does not exist is the route's to refuse.
  const client = await findClient(repositories, reference).catch(() => undefined);
  return client?.id;
}

function textIn(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found = (value as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : undefined;
}

async function endingOf(c: Context, template: string): Promise<AuditEnding> {
  const { status } = c.res;
  if (status >= 500) return { outcome: 'failed', status };
  if (status >= 400) return { outcome: 'refused', status };
  return { outcome: 'done', status, clientId: await clientInReply(c, template) };
}

/** What is created, and what is named by an id of its own, says in the answer whose it is. */
async function clientInReply(c: Context, template: string): Promise<string | undefined> {
  if (c.res.headers.get('content-type')?.startsWith('application/json') !== true) return undefined;
  const reply: unknown = await c.res.clone().json();
  if (template === '/clients') return textIn(reply, 'id');
  const inside = typeof reply === 'object' && reply !== null ? Object.values(reply) : [];
  return [reply, ...inside].map((each) => textIn(each, 'clientId')).find((id) => id !== undefined);
}
