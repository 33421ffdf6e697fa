import { at } from '../../mathematics/matrix.ts';
import { CONTINUATION } from './tokenizer-json.ts';

/**
 * The words of a corpus as sequences of symbols, and how often each pair of neighbours stands in it. A symbol is a place
 * in `pieces`; a pair is one number, `left * size + right`.
 */
export class SymbolCorpus {
  readonly pieces: string[];
  readonly #size: number;
  readonly #symbols: Map<string, number>;
  readonly #words: number[][] = [];
  readonly #wordCounts: number[] = [];
  readonly #pairCounts = new Map<number, number>();
  /** The words each pair stands in, or stood in once. */
  readonly #wordsWith = new Map<number, number[]>();

  constructor(words: ReadonlyMap<string, number>, alphabet: readonly string[], size: number) {
    this.pieces = [...alphabet];
    this.#size = size;
    this.#symbols = new Map(alphabet.map((piece, symbol) => [piece, symbol]));
    for (const [word, count] of words) this.#add(word, count);
  }

  pairs(): Iterable<number> {
    return this.#pairCounts.keys();
  }

  countOf(pair: number): number {
    return this.#pairCounts.get(pair) ?? 0;
  }

  /** Makes one symbol of a pair, in every word. Returns the pairs that are more frequent for it. */
  merge(pair: number): Iterable<number> {
    const merged = this.#mergedSymbol(pair);
    const risen = new Set<number>();
    const affected = this.#wordsWith.get(pair) ?? [];
    this.#wordsWith.delete(pair);
    for (const word of affected) {
      const symbols = this.#words[word] ?? [];
      this.#countPairs(symbols, -at(this.#wordCounts, word));
      const replaced = this.#replacePair(symbols, pair, merged);
      this.#words[word] = replaced;
      this.#countPairs(replaced, at(this.#wordCounts, word));
      for (let i = 1; i < replaced.length; i += 1) {
        if (replaced[i - 1] !== merged && replaced[i] !== merged) continue;
        risen.add(this.#pairAt(replaced, i));
        this.#remember(this.#pairAt(replaced, i), word);
      }
    }
    return risen;
  }

  #add(word: string, count: number): void {
    const symbols: number[] = [];
    for (const character of word) {
      const symbol = this.#symbols.get(symbols.length === 0 ? character : CONTINUATION + character);
      if (symbol === undefined) return;
      symbols.push(symbol);
    }
    this.#words.push(symbols);
    this.#wordCounts.push(count);
    this.#countPairs(symbols, count);
    for (let i = 1; i < symbols.length; i += 1) this.#remember(this.#pairAt(symbols, i), this.#words.length - 1);
  }

  /** The piece may be known already: `a` with `##bc` is the same as `ab` with `##c`. */
  #mergedSymbol(pair: number): number {
    const left = this.pieces[Math.floor(pair / this.#size)] ?? '';
    const right = this.pieces[pair % this.#size] ?? '';
    const piece = left + right.slice(CONTINUATION.length);
    const known = this.#symbols.get(piece);
    if (known !== undefined) return known;
    this.#symbols.set(piece, this.pieces.length);
    return this.pieces.push(piece) - 1;
  }

  #replacePair(symbols: readonly number[], pair: number, merged: number): number[] {
    const replaced: number[] = [];
    for (let i = 0; i < symbols.length; i += 1) {
      const isPair = i + 1 < symbols.length && this.#pairAt(symbols, i + 1) === pair;
      replaced.push(isPair ? merged : at(symbols, i));
      if (isPair) i += 1;
    }
    return replaced;
  }

  /** The pair that ends at a place. */
  #pairAt(symbols: readonly number[], place: number): number {
    return at(symbols, place - 1) * this.#size + at(symbols, place);
  }

  #countPairs(symbols: readonly number[], count: number): void {
    for (let i = 1; i < symbols.length; i += 1) {
      const pair = this.#pairAt(symbols, i);
      this.#pairCounts.set(pair, this.countOf(pair) + count);
    }
  }

  #remember(pair: number, word: number): void {
    const words = this.#wordsWith.get(pair);
    if (words === undefined) this.#wordsWith.set(pair, [word]);
    else if (words.at(-1) !== word) words.push(word);
  }
}
