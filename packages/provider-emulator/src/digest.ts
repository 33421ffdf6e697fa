import { createHash } from 'node:crypto';

/** Hex digest of the parts, by default 8 digits: the source of everything here that looks random. */
export function digest(parts: readonly (string | number | undefined)[], hexDigits = 8): string {
  const hash = createHash('sha256');
  // A separator that no part ends with keeps ['ab', 'c'] apart from ['a', 'bc'].
  for (const part of parts) hash.update(`${part ?? ''}\u0000`);
  return hash.digest('hex').slice(0, hexDigits);
}

/** A whole number in [0, below) that depends on nothing but the parts. */
export function pickNumber(below: number, parts: readonly (string | number | undefined)[]): number {
  return Number.parseInt(digest(parts), 16) % below;
}
