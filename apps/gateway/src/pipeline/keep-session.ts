import { createHash } from 'node:crypto';
import type { ChatRequest, Message } from '@pointsman/contracts';
import type { SessionMemory, Sessions } from './pipeline-dependencies.ts';

/** What the caller says of its conversation, outside the body: our header, Claude Code's, Codex's. */
export type SessionHints = { header?: string | undefined; agentHeader?: string | undefined };

export type Session = {
  /** Key under which the conversation is remembered, its client included. */
  key: string;
  /** What the caller called it; absent when the conversation was recognised by its opening. */
  name: string | undefined;
  memory: SessionMemory | undefined;
  inToolLoop: boolean;
};

/**
 * Finds the conversation a request belongs to. Named by the caller, or, in a tool loop only, recognised by how the
 * conversation began: a loop must not change models even when nobody named a session.
 */
export function findSession(
  request: ChatRequest,
  named: string | undefined,
  clientId: string,
  sessions: Sessions,
): Session | undefined {
  const inToolLoop = request.messages.at(-1)?.role === 'tool';
  const name = bounded(named ?? sessionNameIn(request));
  if (name !== undefined) {
    const key = `${clientId}:name:${name}`;
    return { key, name, memory: sessions.find(key), inToolLoop };
  }
  // Only a conversation that offers tools can enter a loop; others are not worth the hash.
  if (request.tools == null || request.tools.length === 0) return undefined;
  const key = `${clientId}:opening:${openingDigest(request.messages)}`;
  return { key, name: undefined, memory: inToolLoop ? sessions.find(key) : undefined, inToolLoop };
}

/** Names come in any length and are remembered by the ten thousand: a long one goes by its digest. */
const LONGEST_SESSION_NAME = 256;

const bounded = (name: string | undefined) =>
  name === undefined || name.length <= LONGEST_SESSION_NAME
    ? name
    : `sha256:${createHash('sha256').update(name).digest('base64url')}`;

/** The body's own session fields: Claude Code's `metadata.user_id`, `metadata.session_id`, OpenAI's `prompt_cache_key`. */
function sessionNameIn(request: ChatRequest): string | undefined {
  const metadata = request.metadata ?? {};
  const fromClaudeCode = metadata.user_id === undefined ? undefined : claudeCodeSession(metadata.user_id);
  return fromClaudeCode ?? metadata.session_id ?? metadata.conversation_id ?? request.prompt_cache_key ?? undefined;
}

/** Claude Code writes `user_<hash>_account_<id>_session_<uuid>`, newer ones JSON with a `session_id`. An account alone is no session. */
export function claudeCodeSession(userId: string): string | undefined {
  const tail = /_session_([0-9a-f-]{36})$/.exec(userId)?.[1];
  if (tail !== undefined) return tail;
  return /^\{.{0,2000}"session_id"\s*:\s*"([^"]{1,256})"/s.exec(userId)?.[1];
}

/** Digest of everything up to and including the first user message: it stays the same as the conversation grows. */
function openingDigest(messages: readonly Message[]): string {
  const hash = createHash('sha256');
  for (const message of messages) {
    hash.update(message.role).update(JSON.stringify(message.content ?? null));
    if (message.role === 'user') break;
  }
  return hash.digest('base64url');
}

/** Providers keep a prompt cached for about five minutes after its last use (Anthropic's and OpenAI's documented default). */
const PROMPT_CACHE_MS = 5 * 60_000;

/** Input tokens that the session's model probably still holds in its prompt cache. */
export function cachedTokensOf(
  session: Session | undefined,
  nowMs: number,
): { modelId: string; tokens: number } | undefined {
  const memory = session?.memory;
  if (memory === undefined || nowMs - memory.atMs > PROMPT_CACHE_MS) return undefined;
  return { modelId: memory.modelId, tokens: memory.inputTokens };
}
