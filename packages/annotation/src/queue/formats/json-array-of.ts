export type JsonElement = { ok: true; place: string; value: unknown } | { ok: false; place: string; reason: string };

/** The elements of a JSON array, each with its place. */
export function jsonArrayOf(content: string): JsonElement[] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return [{ ok: false, place: 'file', reason: error instanceof Error ? error.message : 'is no JSON' }];
  }
  if (!Array.isArray(value)) return [{ ok: false, place: 'file', reason: 'is no list' }];
  return value.map((element, index) => ({ ok: true, place: `entry ${index + 1}`, value: element }));
}
