import { randomFillSync } from 'node:crypto';

const ID_BYTES = 9;
// Asking the system for randomness once per id would cost more than all else about it.
const pool = Buffer.alloc(ID_BYTES * 512);
let used = pool.length;

/** `dec_` and a version-7 UUID in hex (RFC 9562): ordered by time, so that its day can be read from it. */
export function newDecisionId(nowMs: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString('hex', used, used + ID_BYTES);
  const variant = '89ab'[(pool[used] ?? 0) & 3];
  used += ID_BYTES;
  return `dec_${nowMs.toString(16).padStart(12, '0')}7${random.slice(0, 3)}${variant}${random.slice(3)}`;
}
