import { describe, expect, it } from 'vitest';
import { createTurns } from './create-turns.ts';

describe('turns', () => {
  it('run one after the other in the order asked, also after one that failed', async () => {
    const takeTurn = createTurns(8);
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await Promise.resolve();
      events.push(`${name} ends`);
      if (name === 'a') throw new Error('a failed');
      return name;
    };
    const [a, b] = await Promise.allSettled([takeTurn(work('a')), takeTurn(work('b'))]);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(a.status).toBe('rejected');
    expect(b).toEqual({ status: 'fulfilled', value: 'b' });
  });

  it('are refused when too many wait, and given again afterwards', async () => {
    const takeTurn = createTurns(1);
    let finish: () => void = () => undefined;
    const held = takeTurn(() => new Promise<void>((resolve) => (finish = resolve)));
    const waiting = takeTurn(() => Promise.resolve('second'));
    await expect(takeTurn(() => Promise.resolve())).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
    finish();
    await held;
    expect(await waiting).toBe('second');
    expect(await takeTurn(() => Promise.resolve('third'))).toBe('third');
  });
});
