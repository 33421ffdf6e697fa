import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { EVENT_TOPICS, eventTopicSchema, GatewayError } from '@pointsman/contracts';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { mustOperate, readActor } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonReply, SECURED } from './describe-route.ts';

/** Proxies close what is silent for half a minute. */
const HEARTBEAT_MS = 15_000;

const topicsSchema = z
  .string()
  .default(EVENT_TOPICS.join(','))
  .transform((text) => text.split(','))
  .pipe(z.array(eventTopicSchema).min(1));

const eventsRoute = createRoute({
  method: 'get',
  path: '/events',
  tags: ['Operations'],
  summary:
    'Server-sent events: a whole snapshot of each topic at once, then whenever it changed, looked at every two seconds',
  ...SECURED,
  request: {
    query: z.object({
      topics: topicsSchema.openapi({
        type: 'string',
        description: `Of ${EVENT_TOPICS.join(', ')}, separated by commas; default all`,
        example: 'nodes,runs',
      }),
    }),
  },
  responses: {
    ...jsonReply(z.never()),
    200: { description: 'Server-sent events', content: { 'text/event-stream': { schema: z.string() } } },
  },
});

/** What operators watch as it happens. Who has been signed out since, or has lost the role, is told no more. */
export function addLiveRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const mayStillListen = async (c: Context): Promise<boolean> => {
    try {
      mustOperate(await readActor(c, { ...deps.pipeline, users: repositories.users, signIn: deps.signIn }));
      return true;
    } catch {
      // Of no matter what kind: the browser comes back by itself, and is told then.
      return false;
    }
  };
  app.openapi(eventsRoute, async (c) => {
    mustOperate(await actorOf(c));
    const subscription = deps.operations.events.subscribe(c.req.valid('query').topics);
    if (subscription === undefined) {
      throw deps.isDraining()
        ? new GatewayError('shutting_down', 'This gateway is stopping.')
        : new GatewayError('rate_limit_exceeded', 'As many listen to this gateway as may. Try again later.');
    }
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => subscription.close());
      try {
        for (;;) {
          const news = await subscription.next(HEARTBEAT_MS);
          if (news === undefined) return;
          for (const { topic, json } of news) await stream.writeSSE({ event: topic, data: json });
          if (news.length > 0) continue;
          if (!(await mayStillListen(c))) return;
          await stream.write(': still here\n\n');
        }
      } finally {
        subscription.close();
      }
    });
  });
}
