import { dirname } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireShared, sharedDir } from './shared-dir.ts';

afterEach(() => vi.unstubAllEnvs());

describe('shared data', () => {
  it('lies where POINTSMAN_SHARED_DIR says', () => {
    vi.stubEnv('POINTSMAN_SHARED_DIR', import.meta.dirname);
    expect(sharedDir()).toBe(import.meta.dirname);
    expect(requireShared('shared-dir.ts')).toEqual({ available: true, value: `${import.meta.dirname}/shared-dir.ts` });
  });

  it('that is missing skips with a note', () => {
    vi.stubEnv('POINTSMAN_SHARED_DIR', dirname(import.meta.dirname));
    vi.stubEnv('POINTSMAN_REQUIRE_ALL', '');
    expect(requireShared('no-such-data')).toMatchObject({
      available: false,
      note: expect.stringContaining('no-such-data'),
    });
  });

  it('that is missing fails when everything is required', () => {
    vi.stubEnv('POINTSMAN_SHARED_DIR', '/no/such/directory');
    vi.stubEnv('POINTSMAN_REQUIRE_ALL', '1');
    expect(sharedDir()).toBeUndefined();
    expect(() => requireShared('catalog')).toThrow(/'catalog' is missing/);
  });
});
