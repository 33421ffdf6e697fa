import type { CatalogProblem } from './catalog-error.ts';

/** Fields of `raw` that the schema dropped on the way to `parsed`: a misspelt price must not pass as an absent one. */
export function unknownFields(raw: unknown, parsed: unknown, path: string): CatalogProblem[] {
  if (Array.isArray(raw) && Array.isArray(parsed)) {
    return raw.flatMap((item, index) => unknownFields(item, parsed[index], `${path}[${index}]`));
  }
  if (!isRecord(raw) || !isRecord(parsed)) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (!(key in parsed)) return [{ path: `${path}.${key}`, message: 'unknown field' }];
    return unknownFields(value, parsed[key], `${path}.${key}`);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
