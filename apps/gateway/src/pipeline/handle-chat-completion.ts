import { GatewayError, type RequestOptions, utcDay } from '@pointsman/contracts';
import { countRequestTokens } from '@pointsman/model-catalog';
import { answerCall } from './answer-call.ts';
import { authenticate, type Caller } from './authenticate.ts';
import { type DecisionDraft, noteConsidered, noteOptions, noteSelection, startDecision } from './decision-draft.ts';
import { findSession, type SessionHints } from './keep-session.ts';
import type { RequestFacts } from './list-candidates.ts';
import { cacheKeyFor, findCached, replyFromCache } from './look-up-cache.ts';
import { type ParsedChatRequest, parseChatRequest } from './parse-chat-request.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';
import { endRefused } from './refuse.ts';
import type { Reply } from './reply.ts';
import { resolveRoute } from './resolve-route.ts';
import { type Selection, selectModels } from './select-models.ts';

export type ChatCompletionCall = {
  /** The decision's id, given before anything is known so that every reply can carry it. */
  id: string;
  secret: string | undefined;
  /** Reads the body; only once the caller is known, so that strangers cannot fill the memory. */
  readText(): Promise<string>;
  optionTexts: Partial<Record<keyof RequestOptions, string>>;
  sessionHints: SessionHints;
  signal: AbortSignal;
  /** `deps.elapsedMs()` when the first byte of the request was seen. */
  startedMs: number;
};

/**
 * One chat completion, top to bottom. Start reading the gateway here: each step is the file of the same name.
 * @throws GatewayError; every error after authentication has left its decision record.
 */
export async function handleChatCompletion(call: ChatCompletionCall, deps: PipelineDependencies): Promise<Reply> {
  return completeChat(await authenticate(call.secret, 'inference', deps), call, deps);
}

/** The same for a caller who is known already, by a session instead of a key. @throws GatewayError, the decision recorded. */
export async function completeChat(
  caller: Caller,
  call: Omit<ChatCompletionCall, 'secret'>,
  deps: PipelineDependencies,
): Promise<Reply> {
  const draft = startDecision(
    { id: call.id, atMs: deps.now(), startedMs: call.startedMs, endpoint: 'chat.completions' },
    caller,
    deps,
  );
  try {
    const parsed = parseChatRequest(await call.readText(), call.optionTexts);
    noteRequest(draft, parsed);
    return await answer(call, { caller, draft, parsed }, deps);
  } catch (error) {
    throw endRefused(draft, error);
  }
}

/** Nobody was called: the tokens booked against the minute's limit go back. */
const NO_TOKENS = 0;

type Request = { caller: Caller; draft: DecisionDraft; parsed: ParsedChatRequest };

async function answer(
  call: Omit<ChatCompletionCall, 'secret'>,
  request: Request,
  deps: PipelineDependencies,
): Promise<Reply> {
  const { caller, draft, parsed } = request;
  const facts = factsOf(parsed, deps);
  const ticket = await deps.rateLimits.admit(caller, facts.inputTokens);
  const route = resolveRoute(parsed, caller, deps.directory().catalog);
  draft.decision.policy = route.policy.name;

  const cacheKey = cacheKeyFor(caller.client, parsed, route);
  const cached = await findCached(cacheKey, deps);
  if (cached !== undefined) {
    ticket.settle(NO_TOKENS);
    return replyFromCache({ cached, parsed, rate: ticket.state }, draft);
  }
  draft.decision.cache = cacheKey === undefined ? 'off' : 'miss';

  const session = findSession(parsed.request, sessionName(parsed, call.sessionHints), caller.client.id, deps.sessions);
  if (session?.name !== undefined) draft.decision.session = session.name;

  const result = await selectModels({ parsed, facts, route, caller, session }, deps);
  if (result.kind === 'none') {
    ticket.settle(NO_TOKENS);
    noteConsidered(draft.decision, result);
    throw result.error;
  }
  noteSelection(draft.decision, result.selection);
  askShadow(request, result.selection, deps);
  return answerCall(
    { caller, draft, parsed, facts, session, ticket, cacheKey, selection: result.selection, signal: call.signal },
    deps,
  );
}

/** Lets the shadow artefact, if there is one, see the request once it is answered. */
function askShadow(
  { draft, parsed }: Request,
  { prediction, chooseOn }: Selection,
  { shadow }: PipelineDependencies,
): void {
  if (chooseOn === undefined || !shadow.wants(draft.decision.id)) return;
  draft.afterwards(() => shadow.ask({ decision: draft.decision, request: parsed.request, prediction, chooseOn }));
}

function noteRequest({ decision }: DecisionDraft, parsed: ParsedChatRequest): void {
  const { options } = parsed;
  decision.requestedModel = parsed.requestedModel;
  decision.stream = parsed.stream;
  noteOptions(decision, options, parsed.request.user);
}

/** What every candidate is measured by. */
export function factsOf(parsed: ParsedChatRequest, deps: Pick<PipelineDependencies, 'now'>): RequestFacts {
  return {
    request: parsed.request,
    inputTokens: countRequestTokens(parsed.request),
    isoDate: utcDay(deps.now()),
  };
}

const sessionName = (parsed: ParsedChatRequest, hints: SessionHints) =>
  parsed.options.session ?? hints.header ?? hints.agentHeader;

/** Refuses what arrives while the process drains. */
export const shuttingDown = () =>
  new GatewayError('shutting_down', 'This gateway is shutting down. Try again; another will answer.', {
    retryAfterMs: 1000,
  });
