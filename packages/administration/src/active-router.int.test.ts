import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setActiveRouter, showRouter } from './active-router.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

describe('the active router', () => {
  it('is the shipped one until another is chosen, and again when the choice is taken back', async () => {
    expect(await showRouter(storage)).toBeUndefined();
    const before = await storage.configRevision();
    await setActiveRouter(storage, { artefactDir: '/srv/router', version: 'r2' });
    expect(await showRouter(storage)).toEqual({ artefactDir: '/srv/router', version: 'r2' });
    expect(await storage.configRevision()).toBeGreaterThan(before);
    await setActiveRouter(storage, undefined);
    expect(await showRouter(storage)).toBeUndefined();
  });
});
