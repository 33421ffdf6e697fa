import { bareName } from './model-matches.ts';

const MOST_SUGGESTIONS = 3;
/** No catalogue id is longer; a longer name is not a typing error and would only cost time. */
const LONGEST_NAME = 128;
/** One typing error in so many characters. */
const CHARACTERS_PER_ERROR = 4;
/** A shorter id, such as `o3`, turns up inside too many names by accident. */
const SHORTEST_INNER_ID = 5;

/**
 * Up to three ids that look like `name`, nearest first; none when nothing comes close.
 *
 * Half a name (`sonnet-4-5`) and a name with too much behind it (`gpt-4o-mini-2024-07-18`) count as close.
 */
export function nearestNames(name: string, ids: readonly string[]): string[] {
  if (name.length > LONGEST_NAME) return [];
  const wanted = name.toLowerCase();
  return ids
    .map((id) => ({
      id,
      errors: errorsBetween(wanted, id.toLowerCase()),
      edits: editDistance(wanted, bareName(id.toLowerCase())),
    }))
    .filter((candidate) => candidate.errors <= Math.floor(wanted.length / CHARACTERS_PER_ERROR))
    .sort((a, b) => a.errors + a.edits - b.errors - b.edits || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map((candidate) => candidate.id);
}

function errorsBetween(wanted: string, id: string): number {
  const bare = bareName(id);
  const errors = editDistanceWithin(wanted, id);
  return bare.length < SHORTEST_INNER_ID ? errors : Math.min(errors, editDistanceWithin(bare, wanted));
}

/** Levenshtein's distance between two texts. */
function editDistance(a: string, b: string): number {
  return lastRow(a, b, (column) => column).at(-1) ?? 0;
}

/** The least distance between `part` and any stretch of `text` (Sellers 1980). */
function editDistanceWithin(part: string, text: string): number {
  return Math.min(...lastRow(part, text, () => 0));
}

/** Wagner and Fischer's table, row by row; the first row says what skipping the beginning of `b` costs. */
function lastRow(a: string, b: string, firstRow: (column: number) => number): number[] {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => firstRow(column));
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous;
}
