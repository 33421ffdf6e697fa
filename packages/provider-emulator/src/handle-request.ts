import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ask } from './ask.ts';
import type { BehaviourScript } from './behaviours.ts';
import { composeAnswer, countInput } from './compose-answer.ts';
import { embedText } from './embed-text.ts';
import type { Behaviour, ReceivedRequest, RecordedReply, Recording } from './emulator-types.ts';
import { isObject, type JsonObject } from './json-value.ts';
import { lifelikePace } from './lifelike-pace.ts';
import { matchRoute, type Route } from './match-route.ts';
import type { PromptCache } from './prompt-cache.ts';
import { ProviderFault } from './provider-fault.ts';
import type { Admission, RateLimits } from './rate-limits.ts';
import { LARGEST_BODY_BYTES, readBody } from './read-body.ts';
import type { RequestLog } from './request-log.ts';
import { hang, type Reply, sendEvents, sendText, wait } from './send-reply.ts';
import type { ServedModels } from './served-models.ts';
import { countTokens } from './split-tokens.ts';
import type { Stamp } from './wire-format.ts';

/** Everything a request is answered from. */
export type Surroundings = {
  script: BehaviourScript;
  models: ServedModels;
  log: RequestLog;
  cache: PromptCache;
  recordings: ReadonlyMap<string, Recording>;
  apiKeys: ReadonlySet<string> | undefined;
  lifelike: boolean;
  limits: RateLimits;
  onServed(request: ReceivedRequest): void;
  respond: (ask: Ask) => string | undefined;
  nextId(): string;
  now(): number;
};

type Exchange = {
  around: Surroundings;
  route: Route;
  stamp: Stamp;
  received: ReceivedRequest;
  headers: Record<string, string>;
  /** What was left of the model's limits, where it has any. */
  admission: Admission | undefined;
  response: ServerResponse;
  signal: AbortSignal;
};

const PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

/** Answers one request from beginning to end; never rejects. `readAlready` is the body, if somebody has read it. */
export async function handleRequest(
  around: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
  readAlready?: string,
): Promise<void> {
  const hungUp = new AbortController();
  const exchange = openExchange(around, { request, response, signal: hungUp.signal });
  response.on('close', () => {
    if (!response.writableFinished) exchange.received.abortedAtMs ??= around.now();
    hungUp.abort();
    around.onServed(exchange.received);
  });
  response.on('finish', () => {
    exchange.received.finishedAtMs = around.now();
    exchange.received.status = response.statusCode;
  });
  let behaviour: Behaviour = {};
  try {
    const text = readAlready ?? (await readBody(request));
    behaviour = await listen(exchange, text);
    await answer(exchange, behaviour);
  } catch (error) {
    // Whoever hung up wants no answer any more.
    if (hungUp.signal.aborted || response.headersSent) response.destroy();
    else await refuse(exchange, behaviour, error);
  }
}

function openExchange(
  around: Surroundings,
  { request, response, signal }: { request: IncomingMessage; response: ServerResponse; signal: AbortSignal },
): Exchange {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const route = matchRoute(request.method ?? 'GET', path);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  const nowMs = around.now();
  const received: ReceivedRequest = {
    format: route.format.name,
    path,
    headers,
    body: undefined,
    model: route.modelId ?? '',
    stream: false,
    receivedAtMs: nowMs,
  };
  around.log.add(received);
  return {
    around,
    route,
    stamp: { id: around.nextId(), nowMs },
    received,
    headers,
    admission: undefined,
    response,
    signal,
  };
}

/** Reads what was asked, checks who asks, and finds what the script says about it. */
async function listen(exchange: Exchange, text: string | undefined): Promise<Behaviour> {
  const { around, route, received, headers, signal } = exchange;
  const { format } = route;
  const body = text === undefined ? undefined : parseJson(text);
  received.body = body ?? text;
  if (isObject(body)) {
    received.model = typeof body.model === 'string' ? body.model : received.model;
    received.stream = body.stream === true;
  }
  const { model, stream } = received;
  const behaviour = around.script.take({ model, format: format.name, stream }) ?? {};
  if (behaviour.closeBeforeHeaders === true) exchange.response.destroy();
  if (behaviour.closeBeforeHeaders === true || behaviour.hangBeforeHeaders === true) await hang(signal);
  const key = format.keyOf(headers);
  if (around.apiKeys !== undefined && (key === undefined || !around.apiKeys.has(key))) {
    throw format.scriptedFault({ status: 401, kind: 'invalid_key' }, model);
  }
  format.checkHeaders(headers);
  await wait(behaviour.latencyMs, signal);
  if (behaviour.fail !== undefined && !(stream && failsInStream(behaviour))) {
    throw format.scriptedFault(behaviour.fail, model);
  }
  if (text === undefined) throw tooLarge();
  if (route.endpoint === 'chat' || route.endpoint === 'embeddings') {
    if (!isObject(body)) throw format.brokenJson();
  }
  return behaviour;
}

async function answer(exchange: Exchange, behaviour: Behaviour): Promise<void> {
  const { around, route, received, response } = exchange;
  const body: JsonObject = isObject(received.body) ? received.body : {};
  if (route.endpoint === 'chat') return answerChat(exchange, behaviour, body);
  const send = (value: object, usedTokens: number): Promise<void> =>
    sendText(response, JSON.stringify(value), replyOf(exchange, behaviour, { status: 200, usedTokens }));
  const { format } = route;
  if (route.endpoint === 'embeddings' && format.embeddings !== undefined) {
    const ask = format.embeddings.parse(body);
    if (around.models.find(format.name, ask.model)?.kind !== 'embedding') throw format.unknownModel(ask.model);
    const inputTokens = ask.inputs.reduce<number>(
      (sum, input) => sum + (typeof input === 'string' ? countTokens(input) : input.length),
      0,
    );
    const vectors = ask.inputs.map((input) => embedText(input, ask.dimensions));
    return send(format.embeddings.render({ ask, vectors, inputTokens }, exchange.stamp), inputTokens);
  }
  if (route.endpoint === 'models') return send(format.renderModels(around.models.list(format.name)), 0);
  if (route.endpoint !== 'model' || route.modelId === undefined) {
    throw format.unknownPath(exchange.response.req.method ?? 'GET', received.path);
  }
  const model = around.models.find(format.name, route.modelId);
  if (model === undefined) throw format.unknownModel(route.modelId);
  return send(format.renderModel(model), 0);
}

async function answerChat(exchange: Exchange, behaviour: Behaviour, body: JsonObject): Promise<void> {
  const { around, route, stamp, response, signal } = exchange;
  const { format } = route;
  const ask = format.parseChat(body);
  const model = around.models.find(format.name, ask.model);
  if (model === undefined || model.kind === 'embedding') throw format.unknownModel(ask.model);
  admit(exchange, ask);
  const recorded = around.recordings.get(ask.prompt)?.replies[ask.model];
  const told = tell(around, ask, behaviour, recorded);
  const reply = composeAnswer(ask, { behaviour: told, recorded, cache: around.cache.account(ask) });
  const pace = around.lifelike ? lifelikePace(ask.model, ask.prompt) : undefined;
  const usedTokens = reply.usage === undefined ? 0 : reply.usage.inputTokens + reply.usage.outputTokens;
  around.limits.charge(ask.model, reply.usage?.outputTokens ?? 0);
  const options = replyOf(exchange, behaviour, { status: 200, usedTokens });
  if (!ask.stream) {
    const tokens = reply.usage?.outputTokens ?? 0;
    if (behaviour.latencyMs === undefined && pace !== undefined) {
      await wait(pace.firstTokenMs + tokens * pace.betweenTokensMs, signal);
    }
    return sendText(response, JSON.stringify(format.renderAnswer(reply, stamp)), options);
  }
  const stream = {
    events: format.renderEvents(reply, stamp),
    errorEvent: format.renderFaultEvent(
      format.scriptedFault(behaviour.fail ?? { status: 529, kind: 'overloaded' }, ask.model),
      stamp,
    ),
    firstTokenMs: behaviour.firstTokenMs ?? pace?.firstTokenMs,
    betweenTokensMs: behaviour.betweenTokensMs ?? pace?.betweenTokensMs,
  };
  const headers = {
    ...options.headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  };
  return sendEvents(response, stream, { ...options, headers });
}

/** Refuses what is above the model's limits. */
function admit(exchange: Exchange, ask: Ask): void {
  const admission = exchange.around.limits.admit(ask.model, countInput(ask));
  exchange.admission = admission;
  if (admission === undefined || admission.admitted) return;
  const retryAfterSeconds = Math.max(1, Math.ceil(admission.retryAfterMs / 1000));
  throw exchange.route.format.scriptedFault({ status: 429, kind: 'rate_limit', retryAfterSeconds }, ask.model);
}

/** What the caller of the emulator has this model say, where nothing else says it. */
function tell(around: Surroundings, ask: Ask, behaviour: Behaviour, recorded: RecordedReply | undefined): Behaviour {
  if (recorded !== undefined || behaviour.reply !== undefined) return behaviour;
  const reply = around.respond(ask);
  return reply === undefined ? behaviour : { ...behaviour, reply };
}

function failsInStream(behaviour: Behaviour): boolean {
  return behaviour.errorInFirstChunk === true || behaviour.errorAfterChunks !== undefined;
}

async function refuse(exchange: Exchange, behaviour: Behaviour, error: unknown): Promise<void> {
  const { route, stamp, response } = exchange;
  const fault =
    error instanceof ProviderFault
      ? error
      : route.format.scriptedFault(
          { status: 500, kind: 'server', message: `The emulator failed: ${String(error)}` },
          '',
        );
  // Accidents are for replies: an error arrives whole.
  const reply = replyOf(exchange, { encoding: behaviour.encoding }, { status: fault.status, usedTokens: 0 });
  if (fault.retryAfterSeconds !== undefined) reply.headers['retry-after'] = `${fault.retryAfterSeconds}`;
  if (fault.page) reply.headers['content-type'] = 'text/html';
  await sendText(response, fault.page ? PAGE : JSON.stringify(route.format.renderFault(fault, stamp)), reply);
}

function replyOf(
  { route, stamp, signal, admission }: Exchange,
  behaviour: Behaviour,
  { status, usedTokens }: { status: number; usedTokens: number },
): Reply {
  const headers = { 'content-type': 'application/json', ...route.format.replyHeaders(stamp, usedTokens, admission) };
  return { status, headers, behaviour, signal };
}

function tooLarge(): ProviderFault {
  return new ProviderFault(`Request exceeds the maximum size of ${LARGEST_BODY_BYTES} bytes`, {
    status: 413,
    type: 'request_too_large',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
