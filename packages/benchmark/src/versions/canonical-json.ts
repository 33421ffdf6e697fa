/**
 * JSON with member names sorted by code unit and no spaces: equal values give equal text, whoever wrote them.
 * Members that are undefined are left out, as JSON does. Numbers are written as ECMAScript writes them (RFC 8785).
 * @throws {Error} where a value has no JSON: a number that is not finite, a function.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  if (!isJson) throw new Error(`${String(value)} cannot be written as JSON`);
  return JSON.stringify(value);
}
