import { at } from '../../mathematics/matrix.ts';

/** A pair of neighbouring symbols and how often it stood in the corpus when it was queued. */
export type QueuedPair = { pair: number; count: number };

/** Binary heap of pairs: the most frequent first, the smaller number first among equals, so that order is total. */
export class PairQueue {
  readonly #pairs: number[] = [];
  readonly #counts: number[] = [];

  push({ pair, count }: QueuedPair): void {
    let place = this.#pairs.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!precedes(pair, count, at(this.#pairs, parent), at(this.#counts, parent))) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#pairs[place] = pair;
    this.#counts[place] = count;
  }

  pop(): QueuedPair | undefined {
    const pair = this.#pairs[0];
    const count = this.#counts[0];
    const lastPair = this.#pairs.pop();
    const lastCount = this.#counts.pop();
    if (pair === undefined || count === undefined || lastPair === undefined || lastCount === undefined)
      return undefined;
    if (this.#pairs.length > 0) this.#sink(lastPair, lastCount);
    return { pair, count };
  }

  #sink(pair: number, count: number): void {
    const size = this.#pairs.length;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      const right = child + 1;
      if (right < size && this.#stands(right, child)) child = right;
      if (!precedes(at(this.#pairs, child), at(this.#counts, child), pair, count)) break;
      this.#move(child, place);
      place = child;
    }
    this.#pairs[place] = pair;
    this.#counts[place] = count;
  }

  /** Whether one place stands before another. */
  #stands(one: number, other: number): boolean {
    return precedes(at(this.#pairs, one), at(this.#counts, one), at(this.#pairs, other), at(this.#counts, other));
  }

  #move(from: number, to: number): void {
    this.#pairs[to] = at(this.#pairs, from);
    this.#counts[to] = at(this.#counts, from);
  }
}

function precedes(pair: number, count: number, otherPair: number, otherCount: number): boolean {
  return count !== otherCount ? count > otherCount : pair < otherPair;
}
