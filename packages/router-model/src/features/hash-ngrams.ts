/** Sparse counts of hashed n-grams: bucket indices, ascending, with how often each was seen. */
export type NgramCounts = { indices: Int32Array; counts: Float32Array };

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
const IDEOGRAPH = 3;
const SYMBOL = 4;

const CLASS_OF_ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code <= 32 || code === 127) return SPACE;
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return LETTER;
  return code >= 48 && code <= 57 ? DIGIT : SYMBOL;
});

function classOf(code: number): number {
  if (code < 128) return CLASS_OF_ASCII[code] ?? SYMBOL;
  if (code >= 0x3040 && code <= 0x9fff) return IDEOGRAPH;
  return code < 0xc0 || (code >= 0x2000 && code <= 0x2bff) ? SYMBOL : LETTER;
}

const lowered = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

// FNV-1a with a final avalanche: cheap, the same on every machine, and good enough below 2^20 buckets.
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const step = (hash: number, value: number): number => Math.imul(hash ^ value, FNV_PRIME);
function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

// Keeps the kinds of n-gram apart in the one table of buckets.
const WORD_SEED = step(FNV_OFFSET, 1);
const PAIR_SEED = step(FNV_OFFSET, 2);
const PIECE_SEED = step(FNV_OFFSET, 3);
const NUMBER_SEED = step(FNV_OFFSET, 4);

const PIECE_LENGTH = 4;
/** Numbers are known by how long they are, not by which they are: a prompt's digits are accidents. */
const LONGEST_NUMBER = 6;
const BOUNDARY = 32;

/** Counts hashed words, word pairs and 4-character pieces of words in buckets. */
export class NgramCounter {
  readonly #bucketMask: number;
  readonly #counts: Float32Array;
  #previousToken = 0;
  #weight = 1;

  /** `buckets` is a power of two. */
  constructor(buckets: number) {
    if ((buckets & (buckets - 1)) !== 0)
      throw new Error(`the number of buckets must be a power of two, got ${buckets}`);
    this.#bucketMask = buckets - 1;
    this.#counts = new Float32Array(buckets);
  }

  /** Adds all n-grams of a text, each counted `weight` times. */
  add(text: string, weight: number): void {
    this.#weight = weight;
    this.#previousToken = 0;
    let position = 0;
    while (position < text.length) {
      const kind = classOf(text.charCodeAt(position));
      const start = position;
      position += 1;
      if (kind === LETTER || kind === DIGIT)
        while (position < text.length && classOf(text.charCodeAt(position)) === kind) position += 1;
      if (kind === LETTER) this.#addWord(text, start, position);
      else if (kind === DIGIT) this.#addToken(step(NUMBER_SEED, Math.min(position - start, LONGEST_NUMBER)));
      else if (kind !== SPACE) this.#addToken(step(WORD_SEED, text.charCodeAt(start)));
    }
  }

  /** The buckets seen so far. */
  finish(): NgramCounts {
    const seen: number[] = [];
    this.#counts.forEach((count, index) => {
      if (count > 0) seen.push(index);
    });
    return {
      indices: Int32Array.from(seen),
      counts: Float32Array.from(seen, (index) => this.#counts[index] ?? 0),
    };
  }

  #addWord(text: string, start: number, end: number): void {
    let hash = WORD_SEED;
    for (let i = start; i < end; i += 1) hash = step(hash, lowered(text.charCodeAt(i)));
    this.#addToken(hash);
    // Pieces span the word's boundaries, so that prefixes and suffixes are told apart from middles.
    const codeAt = (i: number): number => (i < start || i >= end ? BOUNDARY : lowered(text.charCodeAt(i)));
    for (let i = start - 1; i + PIECE_LENGTH <= end + 1; i += 1) {
      let piece = PIECE_SEED;
      for (let j = 0; j < PIECE_LENGTH; j += 1) piece = step(piece, codeAt(i + j));
      this.#count(piece);
    }
  }

  #addToken(token: number): void {
    this.#count(token);
    if (this.#previousToken !== 0) this.#count(step(step(PAIR_SEED, this.#previousToken), token));
    this.#previousToken = token;
  }

  #count(hash: number): void {
    const bucket = finish(hash) & this.#bucketMask;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + this.#weight;
  }
}
