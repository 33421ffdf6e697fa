import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { AUDIT_OUTCOMES, auditActionSchema, auditPageSchema, GatewayError } from '@pointsman/contracts';
import { type Actor, reachableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';
import { auditActions } from './record-changes.ts';

const common = { method: 'get' as const, tags: ['Audit log'], ...SECURED };

const listRoute = createRoute({
  ...common,
  path: '/audit',
  summary: 'Who changed what, newest first',
  request: {
    query: z.object({
      actor: z.string().optional().openapi({ description: 'Exactly as the log names it' }),
      action: z.string().optional(),
      client: z.string().optional(),
      outcome: z.enum(AUDIT_OUTCOMES).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional().openapi({ description: 'The first instant after' }),
      before: z.coerce.number().int().positive().optional().openapi({ description: 'The `next` of the page before' }),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: jsonReply(auditPageSchema),
});

const actionsRoute = createRoute({
  ...common,
  path: '/audit/actions',
  summary: 'What the log may name',
  responses: jsonReply(z.object({ data: z.array(auditActionSchema) })),
});

/** The log of changes. Owners see what concerns their client. */
export function addAuditRoutes(app: OpenAPIHono, { actorOf, repositories }: AdminApi): void {
  app.openapi(listRoute, async (c) => {
    const actor = await actorOf(c);
    mustAudit(actor);
    const { client, from, to, ...filter } = c.req.valid('query');
    const reference = client ?? actor.clientId;
    const clientId = reference === undefined ? undefined : (await reachableClient(actor, reference, repositories)).id;
    const page = await repositories.auditLog.list({
      ...filter,
      clientId,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    });
    return c.json(page, 200);
  });
  app.openapi(actionsRoute, async (c) => {
    mustAudit(await actorOf(c));
    const written = [...auditActions(app)].filter(([action]) => !WRITTEN_AS_SIGN_IN.has(action));
    const actions = written.map(([action, summary]) => ({ action, summary }));
    return c.json({ data: [{ action: 'sign-in', summary: 'Sign in' }, ...actions] }, 200);
  });
}

const WRITTEN_AS_SIGN_IN: ReadonlySet<string> = new Set([
  'POST /sign-in',
  'POST /auth/sign-in/email',
  'POST /auth/sign-in/social',
]);
const AUDITORS: ReadonlySet<string> = new Set(['operator', 'customer-success', 'client-owner']);

function mustAudit({ name, role }: Actor): void {
  if (AUDITORS.has(role)) return;
  throw new GatewayError('permission_denied', `The log is for operators and owners; ${name} is ${role}.`);
}
