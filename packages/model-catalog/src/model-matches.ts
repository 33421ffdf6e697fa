/**
 * Whether a pattern of an allow- or deny-list covers a model, by catalogue id.
 *
 * - `openai/gpt-4o` is that model at that provider; `gpt-4o` is that model at any provider.
 * - `*` stands for any characters: `openai/*`, `*-mini`, `*`.
 * - A wildcard pattern with a `/` is matched against the whole id, so that `openai/*` never lets in the model
 *   `openai/gpt-oss-20b` of another provider.
 *
 * Case counts. Linear in the id whatever the pattern: patterns come from requests.
 */
export function modelMatches(pattern: string, modelId: string): boolean {
  if (!pattern.includes('*')) return pattern === modelId || pattern === bareName(modelId);
  return globMatches(pattern, modelId) || (!pattern.includes('/') && globMatches(pattern, bareName(modelId)));
}

/** A catalogue id without its provider. */
export function bareName(modelId: string): string {
  return modelId.slice(modelId.indexOf('/') + 1);
}

function globMatches(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let position = head.length;
  const end = text.length - tail.length;
  // The leftmost place for each piece leaves the most room for the next, so greed never misses a match.
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return position <= end;
}
