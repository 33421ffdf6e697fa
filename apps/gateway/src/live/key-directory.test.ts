import { describe, expect, test } from 'vitest';
import type { Caller } from '../pipeline/authenticate.ts';
import { createKeyDirectory } from './key-directory.ts';

const caller = { key: { id: 'k' } } as Caller;

describe('the key directory', () => {
  test('looks a key up once, also for callers that arrive together and for keys that do not exist', async () => {
    let lookUps = 0;
    const directory = createKeyDirectory({
      hash: (secret) => `h:${secret}`,
      find: async (hash) => {
        lookUps += 1;
        return hash === 'h:good' ? caller : undefined;
      },
    });
    await Promise.all([directory.findCaller('good'), directory.findCaller('good')]);
    expect(directory.findCaller('good')).toBe(caller);
    await directory.findCaller('bad');
    expect(directory.findCaller('bad')).toBeUndefined();
    expect(lookUps).toBe(2);
  });

  test('a look-up that began before a change does not outlive it', async () => {
    const answers: ((caller: Caller | undefined) => void)[] = [];
    const directory = createKeyDirectory({ hash: String, find: () => new Promise((resolve) => answers.push(resolve)) });
    const early = directory.findCaller('k');
    directory.drop();
    answers[0]?.(caller);
    expect(await early).toBe(caller);
    const later = directory.findCaller('k');
    answers[1]?.(undefined);
    expect(await later).toBeUndefined();
  });

  test('a failed look-up is not remembered', async () => {
    let fail = true;
    const directory = createKeyDirectory({
      hash: String,
      find: async () => {
        if (fail) throw new Error('down');
        return caller;
      },
    });
    await expect(directory.findCaller('k')).rejects.toThrow('down');
    fail = false;
    expect(await directory.findCaller('k')).toBe(caller);
  });
});
