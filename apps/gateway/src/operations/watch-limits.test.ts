import type { CallOptions, ChatCall, ProviderClient, RateLimit } from '@pointsman/providers';
import { describe, expect, it } from 'vitest';
import { watchLimits } from './watch-limits.ts';

const limits: RateLimit[] = [{ unit: 'requests', limit: 100, remaining: 40, resetMs: undefined }];

function world(replies: RateLimit[]) {
  const asked: boolean[] = [];
  const client: ProviderClient = {
    chat: async (_call, options: CallOptions) => {
      asked.push(options.onLimits !== undefined);
      options.onLimits?.(replies);
      return { kind: 'reply', body: '', usage: {}, outputChars: undefined, providerRequestId: undefined };
    },
    embed: () => Promise.reject(new Error('not asked')),
    isHealthy: () => true,
    breakers: () => [],
    close: async () => undefined,
  };
  let now = 1_000;
  const watched = watchLimits(client, () => now);
  const call = { provider: { id: 'acme' }, model: { id: 'acme/alpha' } } as ChatCall;
  const chat = () => watched.client.chat(call, { signal: new AbortController().signal, onAttempt: () => undefined });
  return { chat, told: watched.told, asked, pass: (ms: number) => (now += ms) };
}

describe('what providers tell of limits', () => {
  it('is read from the first reply, and again only after a while', async () => {
    const { chat, told, asked, pass } = world(limits);
    await chat();
    await chat();
    pass(5_000);
    await chat();
    expect(asked).toEqual([true, false, true]);
    expect(told('acme')).toEqual([{ provider: 'acme', modelId: 'acme/alpha', limits, atMs: 6_000 }]);
    expect(told('other')).toEqual([]);
  });

  it('is nothing where replies tell nothing, and not asked for with each call either', async () => {
    const { chat, told, asked } = world([]);
    await chat();
    await chat();
    expect(asked).toEqual([true, false]);
    expect(told('acme')).toEqual([]);
  });
});
