import { GatewayError } from '@pointsman/contracts';
import { describe, expect, test, vi } from 'vitest';
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

  describe('after a change', () => {
    const changed = { key: { id: 'k', revokedAt: '2026-11-01' } } as Caller;
    /** A directory that knows the key `k`, and answers about it from now on as it is told. */
    async function changedDirectory(find: () => Promise<Caller | undefined>) {
      let asked = false;
      const first = async () => (asked ? find() : caller);
      const directory = createKeyDirectory({ hash: String, find: first, patienceMs: 1 });
      await directory.findCaller('k');
      asked = true;
      directory.drop();
      return directory;
    }

    test('a key is read anew before it is answered', async () => {
      const directory = await changedDirectory(async () => changed);
      expect(await directory.findCaller('k')).toBe(changed);
      expect(directory.findCaller('k')).toBe(changed);
    });

    test('a key known before is served while the database is away, and read again as soon as it is back', async () => {
      let away = true;
      const directory = await changedDirectory(async () => {
        if (away) throw new GatewayError('storage_unavailable', 'away');
        return changed;
      });
      expect(await directory.findCaller('k')).toBe(caller);
      await expect(directory.findCaller('new')).rejects.toThrow('away');
      away = false;
      expect(await directory.findCaller('k')).toBe(changed);
    });

    test('a database that hangs holds a key known before up for a moment only, and has the last word', async () => {
      let answer: (found: Caller) => void = () => undefined;
      const hanging = new Promise<Caller>((resolve) => {
        answer = resolve;
      });
      const directory = await changedDirectory(() => hanging);
      expect(await directory.findCaller('k')).toBe(caller);
      answer(changed);
      await vi.waitUntil(async () => (await directory.findCaller('k')) === changed, { timeout: 1000, interval: 1 });
    });

    test('a look-up that fails for another reason is an error', async () => {
      const directory = await changedDirectory(() => Promise.reject(new Error('a bug')));
      await expect(directory.findCaller('k')).rejects.toThrow('a bug');
    });
  });
});
