import type { ListedKey } from '@pointsman/contracts';

export type KeyState = 'active' | 'rotating' | 'expired' | 'revoked';

/** Whether a key works, and whether its former secret does too. `nowMs`: milliseconds since the epoch. */
export function keyState(key: Pick<ListedKey, 'revokedAt' | 'expiresAt' | 'previous'>, nowMs: number): KeyState {
  if (key.revokedAt !== undefined) return 'revoked';
  if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= nowMs) return 'expired';
  return key.previous !== undefined && Date.parse(key.previous.until) > nowMs ? 'rotating' : 'active';
}

/** Whether anybody can still call with it. */
export const isUsable = (state: KeyState): boolean => state === 'active' || state === 'rotating';
