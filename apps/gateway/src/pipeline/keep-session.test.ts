import type { ChatRequest } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { createSessions } from '../live/sessions.ts';
import { cachedTokensOf, claudeCodeSession, findSession } from './keep-session.ts';

const tools: ChatRequest['tools'] = [{ type: 'function', function: { name: 'look' } }];
const opening: ChatRequest['messages'] = [{ role: 'user', content: 'Mend the test' }];
const loop: ChatRequest['messages'] = [
  ...opening,
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: 'ok' },
];
const memory = { modelId: 'p/m', provider: 'p', inputTokens: 2000, outputTokens: 10, atMs: 0 };

describe('a session', () => {
  test('is found by the name its caller gives, apart for each client', () => {
    const sessions = createSessions(() => 0);
    sessions.remember('cli_a:name:s1', memory);
    expect(findSession({ model: 'auto', messages: opening }, 's1', 'cli_a', sessions)?.memory).toEqual(memory);
    expect(findSession({ model: 'auto', messages: opening }, 's1', 'cli_b', sessions)?.memory).toBeUndefined();
  });

  test.each([
    ['prompt_cache_key', { prompt_cache_key: 'k' }, 'k'],
    ['metadata.session_id', { metadata: { session_id: 'm' } }, 'm'],
    [
      "Claude Code's metadata.user_id",
      { metadata: { user_id: `user_ab_account__session_${'0123abcd-'.repeat(4)}` } },
      '0123abcd-'.repeat(4),
    ],
  ])('is named by %s', (_, fields, name) => {
    expect(
      findSession(
        { model: 'auto', messages: opening, ...fields },
        undefined,
        'c',
        createSessions(() => 0),
      )?.name,
    ).toBe(name);
  });

  test('an account alone is no session', () => {
    expect(claudeCodeSession('user_abc_account_def')).toBeUndefined();
    expect(claudeCodeSession('{"account_uuid":"x","session_id":"s-9"}')).toBe('s-9');
  });

  test('a name of any length is remembered in a bounded one, and still tells conversations apart', () => {
    const sessions = createSessions(() => 0);
    const named = (name: string) => findSession({ model: 'auto', messages: opening }, name, 'c', sessions)?.key ?? '';
    const long = 'x'.repeat(1_000_000);
    expect(named(`${long}a`).length).toBeLessThan(100);
    expect(named(`${long}a`)).toBe(named(`${long}a`));
    expect(named(`${long}a`)).not.toBe(named(`${long}b`));
  });

  test('a tool loop is recognised by how its conversation began, when nobody named it', () => {
    const sessions = createSessions(() => 0);
    const first = findSession({ model: 'auto', messages: opening, tools }, undefined, 'c', sessions);
    expect(first).toMatchObject({ name: undefined, inToolLoop: false, memory: undefined });
    sessions.remember(first?.key ?? '', memory);
    expect(findSession({ model: 'auto', messages: loop, tools }, undefined, 'c', sessions)).toMatchObject({
      inToolLoop: true,
      memory,
    });
  });

  test('the same opening without a tool loop is a new conversation', () => {
    const sessions = createSessions(() => 0);
    const first = findSession({ model: 'auto', messages: opening, tools }, undefined, 'c', sessions);
    sessions.remember(first?.key ?? '', memory);
    expect(findSession({ model: 'auto', messages: opening, tools }, undefined, 'c', sessions)?.memory).toBeUndefined();
  });

  test("counts on the provider's prompt cache for five minutes", () => {
    const session = { key: 'k', name: 's', memory, inToolLoop: false };
    expect(cachedTokensOf(session, 299_000)).toEqual({ modelId: 'p/m', tokens: 2000 });
    expect(cachedTokensOf(session, 301_000)).toBeUndefined();
  });
});
