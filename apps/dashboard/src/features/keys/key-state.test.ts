import { describe, expect, test } from 'vitest';
import { keyState } from './key-state.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const BEFORE = '2026-11-20T11:59:59Z';
const AFTER = '2026-11-20T12:00:01Z';

describe('the state of a key', () => {
  test.each([
    ['active', {}],
    ['active', { expiresAt: AFTER }],
    ['expired', { expiresAt: BEFORE }],
    ['rotating', { previous: { prefix: 'pm_1', until: AFTER } }],
    ['active', { previous: { prefix: 'pm_1', until: BEFORE } }],
    ['expired', { expiresAt: BEFORE, previous: { prefix: 'pm_1', until: AFTER } }],
    ['revoked', { revokedAt: BEFORE, expiresAt: AFTER }],
  ] as const)('is %s for %j', (state, key) => {
    expect(keyState(key, NOW)).toBe(state);
  });
});
