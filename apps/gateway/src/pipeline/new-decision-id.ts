import { randomUUID } from 'node:crypto';

/** `dec_` and a version-7 UUID in hex: ordered by time, so that its day can be read from it. */
export function newDecisionId(nowMs: number): string {
  const random = randomUUID().replaceAll('-', '');
  return `dec_${nowMs.toString(16).padStart(12, '0')}7${random.slice(13)}`;
}
