import { bareName } from './model-matches.ts';

const MOST_SUGGESTIONS = 3;
/** No catalogue id is longer; a longer name is not a typing error and would only cost time. */
const LONGEST_NAME = 128;

/** The ids that look most like `name`, with or without their provider, nearest first; none when nothing comes close. */
export function nearestNames(name: string, ids: readonly string[]): string[] {
  if (name.length > LONGEST_NAME) return [];
  const wanted = name.toLowerCase();
  const furthest = Math.max(2, Math.floor(wanted.length / 3));
  return ids
    .map((id) => ({ id, distance: distanceTo(wanted, id.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= furthest)
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map((candidate) => candidate.id);
}

function distanceTo(wanted: string, id: string): number {
  const bare = bareName(id);
  const distance = Math.min(editDistance(wanted, id), editDistance(wanted, bare));
  // Half a name, such as `sonnet-4-5`, is further in edits than it is in meaning.
  return wanted.length >= 4 && id.includes(wanted) ? Math.min(distance, 1) : distance;
}

/** Levenshtein's distance, by Wagner and Fischer's two-row algorithm. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? a.length;
}
