import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { previousRouter, rollBackRouter, routerHistory, setActiveRouter, showRouter } from './active-router.ts';
import { setShadowRouter, showShadowRouter } from './shadow-router.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());
beforeEach(() => storage.settings.put('router', null));

const AT = '2026-11-21T08:00:00.000Z';
const note = (action: 'used' | 'promoted' | 'forced', ...reasons: string[]) => ({ at: AT, by: 'ada', action, reasons });
const [first, second] = ['r1', 'r2'].map((version) => ({ artefactDir: `/srv/${version}`, version }));
const back = { at: AT, by: 'ada', reasons: [] };

describe('the active router', () => {
  it('is the shipped one until another is chosen, and again when the choice is taken back', async () => {
    expect(await showRouter(storage)).toBeUndefined();
    const before = await storage.configRevision();
    await setActiveRouter(storage, first, note('used'));
    expect(await showRouter(storage)).toEqual(first);
    expect(await storage.configRevision()).toBeGreaterThan(before);
    await setActiveRouter(storage, undefined, note('used'));
    expect(await showRouter(storage)).toBeUndefined();
  });

  it('is rolled back step by step, to the shipped one at last', async () => {
    await setActiveRouter(storage, first, note('promoted'));
    await setActiveRouter(storage, second, note('promoted'));
    expect(await previousRouter(storage)).toEqual(first);
    expect(await rollBackRouter(storage, back)).toMatchObject({ action: 'rolled-back', router: first });
    expect(await showRouter(storage)).toEqual(first);
    expect(await previousRouter(storage)).toBeNull();
    expect(await rollBackRouter(storage, back)).toMatchObject({ router: null });
    expect(await showRouter(storage)).toBeUndefined();
    expect(await previousRouter(storage)).toBeUndefined();
    await expect(rollBackRouter(storage, back)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('comes back also when the shipped one was chosen in between', async () => {
    await setActiveRouter(storage, first, note('promoted'));
    await setActiveRouter(storage, undefined, note('used'));
    await rollBackRouter(storage, back);
    expect(await showRouter(storage)).toEqual(first);
  });

  it('has a history of who did what, when and why, newest first', async () => {
    await setActiveRouter(storage, first, note('promoted', 'better'));
    await setActiveRouter(storage, second, note('forced', 'worse', 'off'));
    await rollBackRouter(storage, { ...back, reasons: ['it was bad'] });
    expect(await routerHistory(storage)).toEqual([
      { at: AT, by: 'ada', action: 'rolled-back', router: first, reasons: ['it was bad'] },
      { at: AT, by: 'ada', action: 'forced', router: second, reasons: ['worse', 'off'] },
      { at: AT, by: 'ada', action: 'promoted', router: first, reasons: ['better'] },
    ]);
  });

  it('loses no change when two operators act at once', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        setActiveRouter(storage, { artefactDir: `/srv/${n}`, version: `v${n}` }, note('used')),
      ),
    );
    expect(await routerHistory(storage)).toHaveLength(8);
  });

  it('chosen twice in a row is one step back', async () => {
    await setActiveRouter(storage, first, note('promoted'));
    await setActiveRouter(storage, first, note('promoted'));
    await rollBackRouter(storage, back);
    expect(await showRouter(storage)).toBeUndefined();
  });

  it('is read as an earlier version stored it', async () => {
    await storage.settings.put('router', first);
    expect(await showRouter(storage)).toEqual(first);
    await setActiveRouter(storage, second, note('promoted'));
    await rollBackRouter(storage, back);
    expect(await showRouter(storage)).toEqual(first);
  });

  it('goes back at most twenty steps, and remembers two hundred changes', async () => {
    for (let n = 0; n < 205; n += 1)
      await setActiveRouter(storage, { artefactDir: `/srv/${n}`, version: `v${n}` }, note('used'));
    expect(await routerHistory(storage)).toHaveLength(200);
    for (let n = 0; n < 20; n += 1) await rollBackRouter(storage, back);
    expect(await showRouter(storage)).toBeUndefined();
  });
});

describe('the shadow router', () => {
  it('is none until one is set, and none again when it is taken away', async () => {
    expect(await showShadowRouter(storage)).toBeUndefined();
    const shadow = { artefactDir: '/srv/r3', version: 'r3', share: 0.1 };
    await setShadowRouter(storage, shadow);
    expect(await showShadowRouter(storage)).toEqual(shadow);
    await expect(setShadowRouter(storage, { ...shadow, share: 0 })).rejects.toThrow();
    await setShadowRouter(storage, undefined);
    expect(await showShadowRouter(storage)).toBeUndefined();
  });
});
