import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type ApiKey,
  type Client,
  GatewayError,
  type PlaygroundEnd,
  type PlaygroundPreview,
  playgroundPreviewSchema,
  playgroundRequestSchema,
  REPLY_HEADERS,
} from '@pointsman/contracts';
import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { GatewayDependencies } from '../../dependencies.ts';
import { authenticate, type Caller } from '../../pipeline/authenticate.ts';
import { completeChat, shuttingDown } from '../../pipeline/handle-chat-completion.ts';
import { newDecisionId } from '../../pipeline/new-decision-id.ts';
import { type ChoicePreview, previewChoice } from '../../pipeline/preview-choice.ts';
import { bearerOf } from '../inference-route.ts';
import { type Actor, reachableClient } from './actor.ts';
import type { AdminApi } from './admin-api.ts';
import { jsonBody, jsonReply, SECURED } from './describe-route.ts';

type PlaygroundBody = z.output<typeof playgroundRequestSchema>;

const MAY_ASK = new Set<Actor['role']>(['operator', 'client-owner', 'client-member']);
/** What the decision names where the id of a key stands. */
const KEY_ID = 'playground';

const previewRoute = createRoute({
  method: 'post',
  path: '/playground/preview',
  tags: ['Playground'],
  summary: "Every candidate's estimates and the choice for a request, without calling a model",
  ...SECURED,
  request: jsonBody(playgroundRequestSchema),
  responses: jsonReply(playgroundPreviewSchema),
});

const runRoute = createRoute({
  method: 'post',
  path: '/playground/run',
  tags: ['Playground'],
  summary:
    "Answers a request as a stream: OpenAI's chunks as they come, then one event `decision` with the cost. It counts on the client's limits and budget",
  ...SECURED,
  request: jsonBody(playgroundRequestSchema),
  responses: {
    ...jsonReply(z.never()),
    200: { description: 'Server-sent events', content: { 'text/event-stream': { schema: z.string() } } },
  },
});

/** The playground: a request by hand, through the same pipeline as every other. */
export function addPlaygroundRoutes(app: OpenAPIHono, { deps, actorOf, repositories }: AdminApi): void {
  const callerOf = async (c: Context, reference: string | undefined): Promise<Caller> => {
    const actor = await actorOf(c);
    if (!MAY_ASK.has(actor.role)) {
      throw new GatewayError('permission_denied', `The role ${actor.role} does not send requests for clients.`);
    }
    // A key that may only read must not spend either.
    if (actor.person === undefined) {
      await authenticate(bearerOf(c.req.header('authorization')), 'inference', deps.pipeline);
    }
    const asked = reference ?? actor.clientId;
    if (asked === undefined) {
      const message = 'client: say for which client to ask; its budget pays and its policies choose.';
      throw new GatewayError('invalid_request', message, { param: 'client' });
    }
    const client = await reachableClient(actor, asked, repositories);
    if (client.disabledAt !== undefined) {
      throw new GatewayError('permission_denied', `The client "${client.name}" is disabled.`);
    }
    return { key: playgroundKey(client), client, policies: await repositories.policies.effective(client.id) };
  };
  app.openapi(previewRoute, async (c) => {
    const body = c.req.valid('json');
    const preview = await previewChoice(await callerOf(c, body.client), chatBody(body), deps.pipeline);
    return c.json(previewOf(preview, deps.pipeline.emulated), 200);
  });
  app.openapi(runRoute, async (c) => {
    const body = c.req.valid('json');
    return run(c, { caller: await callerOf(c, body.client), body: chatBody(body) }, deps);
  });
}

/** A session has no key: what stands for one has no limits of its own, so that the client's alone count. */
const playgroundKey = (client: Client): ApiKey => ({
  id: KEY_ID,
  clientId: client.id,
  name: KEY_ID,
  prefix: KEY_ID,
  scopes: ['inference'],
  limits: {},
  createdAt: client.createdAt,
});

const chatBody = ({ model, messages, options, maxTokens, temperature }: PlaygroundBody): string =>
  JSON.stringify({
    model,
    messages,
    stream: true,
    pointsman: options,
    max_completion_tokens: maxTokens,
    temperature,
  });

function previewOf({ choice, considered, prediction, ...rest }: ChoicePreview, emulated: boolean): PlaygroundPreview {
  const { domain, task, familiarity, routerVersion } = prediction;
  return {
    ...rest,
    choice:
      choice.kind === 'none' ? { kind: 'none', message: choice.error.message } : { ...choice, plan: [...choice.plan] },
    candidates: considered.filter(({ removedBy }) => removedBy !== 'not-allowed'),
    domain,
    task,
    familiarity,
    routerVersion,
    emulated,
  };
}

async function run(
  c: Context,
  { caller, body }: { caller: Caller; body: string },
  deps: GatewayDependencies,
): Promise<Response> {
  const { pipeline } = deps;
  if (deps.isDraining()) throw shuttingDown();
  const id = newDecisionId(pipeline.now());
  const abort = new AbortController();
  c.req.raw.signal.addEventListener('abort', () => abort.abort());
  const reply = await completeChat(
    caller,
    {
      id,
      readText: () => Promise.resolve(body),
      optionTexts: {},
      sessionHints: {},
      signal: abort.signal,
      startedMs: pipeline.elapsedMs(),
    },
    pipeline,
  );
  c.header('content-type', 'text/event-stream; charset=utf-8');
  c.header(REPLY_HEADERS.decisionId, id);
  c.header('cache-control', 'no-cache');
  c.header('x-accel-buffering', 'no');
  return stream(c, (out) =>
    deps.openRequests.run(async () => {
      out.onAbort(() => abort.abort());
      if (reply.body.kind === 'json') throw new Error('a stream was asked for');
      for await (const event of reply.body.events) await out.write(event);
      const decision = await deps.findDecision(id, caller.client.id);
      await out.write(`event: decision\ndata: ${JSON.stringify(endOf(decision))}\n\n`);
    }),
  );
}

const endOf = ({ id, outcome, errorCode, modelId, reason, ...rest }: PlaygroundEnd): PlaygroundEnd => ({
  id,
  outcome,
  errorCode,
  modelId,
  reason,
  cost: rest.cost,
  usage: rest.usage,
  latency: rest.latency,
  cache: rest.cache,
  emulated: rest.emulated,
});
