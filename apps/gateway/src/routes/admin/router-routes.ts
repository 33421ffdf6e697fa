import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { routerActivationSchema, routerRollBackSchema, routerViewSchema } from '@pointsman/contracts';
import { activateArtefact, rollBack } from '../../operations/router/change-router.ts';
import { readRouter } from '../../operations/router/read-router.ts';
import { type Actor, mustOperate } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

const readRoute = createRoute({
  method: 'get',
  path: '/router',
  tags: ['Operations'],
  summary: 'The router artefact in use, those it could give way to with their metrics, the shadow, and the history',
  ...SECURED,
  responses: jsonReply(routerViewSchema),
});

const activateRoute = createRoute({
  method: 'post',
  path: '/router/activate',
  tags: ['Operations'],
  summary: 'Serve another artefact; one that its stored report holds back only with force and a reason',
  ...SECURED,
  request: jsonBody(routerActivationSchema),
  responses: jsonReply(routerViewSchema),
});

const rollBackRoute = createRoute({
  method: 'post',
  path: '/router/roll-back',
  tags: ['Operations'],
  summary: 'Serve again the artefact that served before',
  ...SECURED,
  request: jsonBody(routerRollBackSchema),
  responses: jsonReply(routerViewSchema),
});

/** The router's artefacts: seen, promoted, rolled back. */
export function addRouterRoutes(app: OpenAPIHono, { deps, actorOf }: AdminApi): void {
  const { pipeline } = deps;
  const read = () => readRouter(deps, pipeline.manifest()?.version);
  const sign = ({ name }: Actor) => ({ at: new Date(pipeline.now()).toISOString(), by: name });
  app.openapi(readRoute, async (c) => {
    mustOperate(await actorOf(c));
    return c.json(await read(), 200);
  });
  app.openapi(activateRoute, async (c) => {
    const actor = await actorOf(c);
    mustOperate(actor);
    await activateArtefact(c.req.valid('json'), sign(actor), deps);
    return c.json(await read(), 200);
  });
  app.openapi(rollBackRoute, async (c) => {
    const actor = await actorOf(c);
    mustOperate(actor);
    await rollBack(c.req.valid('json'), sign(actor), deps);
    return c.json(await read(), 200);
  });
}
