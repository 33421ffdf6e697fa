import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A tool call id that fits `pattern`: the id itself where it fits, else `length` letters and digits derived from it, the
 * same for call and result. A conversation may have begun at a provider with other ids.
 */
export function fitToolCallId(id: string, pattern: RegExp, length: number): string {
  if (pattern.test(id)) return id;
  const digest = createHash('sha256').update(id).digest();
  return Array.from(digest.subarray(0, length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
