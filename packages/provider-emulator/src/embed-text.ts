import { createHash } from 'node:crypto';

/**
 * A unit vector made from the hashed words of a text: the same text gives the same vector, texts that share words lie
 * closer together than texts that do not.
 */
export function embedText(input: string | readonly number[], dimensions: number): Float32Array {
  const words = typeof input === 'string' ? (input.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) : input.map(String);
  const vector = new Float32Array(dimensions);
  for (const word of ['', ...words]) addWord(vector, word);
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  // In very few dimensions the words can cancel out.
  if (norm === 0) return vector.fill(1 / Math.sqrt(dimensions));
  return vector.map((value) => value / norm);
}

function addWord(vector: Float32Array, word: string): void {
  // Sixteen signed places per word keep different words nearly orthogonal; the empty word keeps every vector from being zero.
  const weight = word === '' ? 0.25 : 1;
  for (const round of [0, 1]) {
    const hash = createHash('sha256').update(`${round} ${word}`).digest();
    for (let at = 0; at < hash.length; at += 4) {
      const value = hash.readUInt32LE(at);
      const place = (value >>> 1) % vector.length;
      vector[place] = (vector[place] ?? 0) + (value % 2 === 0 ? weight : -weight);
    }
  }
}
