import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEventHub } from './event-hub.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function world(options: { mostListeners?: number } = {}) {
  const state = { nodes: 1, runs: 1, providers: 1, reads: 0, fails: false };
  const errors: unknown[] = [];
  const read = (topic: 'nodes' | 'runs' | 'providers') => async () => {
    state.reads += 1;
    if (state.fails) throw new Error('away');
    return { value: state[topic] };
  };
  const hub = createEventHub({
    read: { nodes: read('nodes'), runs: read('runs'), providers: read('providers') },
    onError: (error) => errors.push(error),
    ...options,
  });
  return { hub, state, errors };
}

describe('the event hub', () => {
  it('gives a newcomer the present state at once, then only what changed', async () => {
    const { hub, state } = world();
    const listener = hub.subscribe(['nodes', 'runs']);
    await vi.advanceTimersByTimeAsync(0);
    expect(await listener?.next(1)).toEqual([
      { topic: 'nodes', json: '{"value":1}' },
      { topic: 'runs', json: '{"value":1}' },
    ]);
    const silent = listener?.next(15_000);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await silent).toEqual([]);
    const news = listener?.next(15_000);
    state.runs = 2;
    state.providers = 2;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await news).toEqual([{ topic: 'runs', json: '{"value":2}' }]);
  });

  it('looks once for all listeners, only at what is listened to, and not at all when nobody is there', async () => {
    const { hub, state } = world();
    const listeners = [hub.subscribe(['nodes']), hub.subscribe(['nodes'])];
    await vi.advanceTimersByTimeAsync(0);
    expect(await listeners[1]?.next(1)).toEqual([{ topic: 'nodes', json: '{"value":1}' }]);
    const before = state.reads;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(state.reads - before).toBe(2);
    for (const listener of listeners) listener?.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.reads - before).toBe(2);
  });

  it('lets a slow reader skip what is old', async () => {
    const { hub, state } = world();
    const listener = hub.subscribe(['nodes']);
    for (let n = 0; n < 5; n += 1) {
      state.nodes += 1;
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(await listener?.next(1)).toEqual([{ topic: 'nodes', json: '{"value":6}' }]);
  });

  it('takes no more listeners than it may, until one leaves', () => {
    const { hub } = world({ mostListeners: 1 });
    const first = hub.subscribe(['nodes']);
    expect(hub.subscribe(['nodes'])).toBeUndefined();
    first?.close();
    expect(hub.subscribe(['nodes'])).toBeDefined();
  });

  it('ends those who wait when it is closed', async () => {
    const { hub } = world();
    const listener = hub.subscribe(['nodes']);
    await vi.advanceTimersByTimeAsync(0);
    await listener?.next(1);
    const waiting = listener?.next(15_000);
    hub.close();
    expect(await waiting).toBeUndefined();
    expect(hub.subscribe(['nodes'])).toBeUndefined();
  });

  it('survives a look that fails', async () => {
    const { hub, state, errors } = world();
    state.fails = true;
    const listener = hub.subscribe(['nodes']);
    await vi.advanceTimersByTimeAsync(0);
    expect(errors).toHaveLength(1);
    state.fails = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await listener?.next(1)).toEqual([{ topic: 'nodes', json: '{"value":1}' }]);
  });
});
