/** A piece of two texts: in both, only in the first, or only in the second. */
export type DiffPart = { kind: 'same' | 'removed' | 'added'; text: string };

/** Comparisons of two pieces that a page waits for: some 30 ms. */
const MOST_CELLS = 4_000_000;

const WORDS = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
const LINES = /[^\n]*\n|[^\n]+$/g;

/**
 * What sets two texts apart, word by word: by a longest common subsequence. Texts too long for that are compared line by
 * line, and beyond that only by how they begin and end.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  return diffBy(WORDS, before, after) ?? diffBy(LINES, before, after) ?? wholly(before, after);
}

function wholly(before: string, after: string): DiffPart[] {
  return merged([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
}

function diffBy(pieces: RegExp, before: string, after: string): DiffPart[] | undefined {
  const [a, b] = [before.match(pieces) ?? [], after.match(pieces) ?? []];
  const start = commonStart(a, b);
  const end = commonStart(a.slice(start).toReversed(), b.slice(start).toReversed());
  const [midA, midB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if ((midA.length + 1) * (midB.length + 1) > MOST_CELLS) return undefined;
  const parts = merged([
    { kind: 'same', text: a.slice(0, start).join('') },
    ...diffPieces(midA, midB),
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ]);
  return merged(
    parts.flatMap((part, index) =>
      isGap(parts, index)
        ? [
            { ...part, kind: 'removed' },
            { ...part, kind: 'added' },
          ]
        : part,
    ),
  );
}

/** Nothing but space between two changes: one change is easier to read. */
const isGap = (parts: readonly DiffPart[], index: number): boolean =>
  index > 0 && index < parts.length - 1 && parts[index]?.kind === 'same' && parts[index]?.text.trim() === '';

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function diffPieces(a: readonly string[], b: readonly string[]): DiffPart[] {
  const lengths = commonLengths(a, b);
  const parts: DiffPart[] = [];
  const width = b.length + 1;
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      parts.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (
      left !== undefined &&
      (right === undefined || at(lengths, (i + 1) * width + j) >= at(lengths, i * width + j + 1))
    ) {
      parts.push({ kind: 'removed', text: left });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: right ?? '' });
      j += 1;
    }
  }
  return parts;
}

const at = (lengths: Uint16Array, place: number): number => lengths[place] ?? 0;

/** By row and column: how long the longest common subsequence of what follows is. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? at(lengths, (i + 1) * width + j + 1) + 1
          : Math.max(at(lengths, (i + 1) * width + j), at(lengths, i * width + j + 1));
    }
  }
  return lengths;
}

/** Neighbours of one kind as one part; what was removed stands before what came in its place. */
function merged(parts: readonly DiffPart[]): DiffPart[] {
  const found: DiffPart[] = [];
  for (const { kind, text } of parts) {
    const last = found.at(-1);
    const before = found.at(-2);
    if (text === '') continue;
    if (last?.kind === kind) last.text += text;
    else if (kind === 'removed' && last?.kind === 'added') {
      if (before?.kind === 'removed') before.text += text;
      else found.splice(-1, 0, { kind, text });
    } else found.push({ kind, text });
  }
  return found;
}
