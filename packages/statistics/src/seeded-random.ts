/** A stream of numbers, each uniform in [0, 1) with 53 random bits. */
export type Random = () => number;

/**
 * A reproducible stream of random numbers: xoshiro128** (Blackman and Vigna 2018), its state filled from the seed by
 * splitmix32. The same seed gives the same stream on every machine. Period 2^128 - 1; not for secrets.
 *
 * A text is hashed with FNV-1a; of a number the 53 bits of its integer part count.
 */
export function seededRandom(seed: number | string): Random {
  const next32 = xoshiro128(seed);
  return () => {
    const high = next32() >>> 5;
    const low = next32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}

/** 32-bit outputs of xoshiro128**, from the state that splitmix32 makes of the seed. */
export function xoshiro128(seed: number | string): () => number {
  const fill = splitmix32(typeof seed === 'string' ? fnv1a(seed) : foldedSeed(seed));
  return xoshiro128From([fill(), fill(), fill(), fill()]);
}

/** xoshiro128** from a given state, not all zero. */
export function xoshiro128From(state: readonly [number, number, number, number]): () => number {
  let [s0, s1, s2, s3] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return result;
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** Both halves of a large seed count, so that time stamps 2^32 apart differ. */
function foldedSeed(seed: number): number {
  const whole = Math.abs(Math.trunc(seed));
  return ((whole % 2 ** 32) ^ Math.imul(Math.floor(whole / 2 ** 32), 0x85ebca6b) ^ (seed < 0 ? 0x5bd1e995 : 0)) | 0;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
