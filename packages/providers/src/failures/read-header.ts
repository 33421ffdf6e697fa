import type { ReplyHeaders } from '../wire-format.ts';

/** A header that occurs once, or the first of several. */
export function readHeader(headers: ReplyHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A header that is a number of 0 or more; undefined when it is absent or anything else. */
export function readCount(headers: ReplyHeaders, name: string): number | undefined {
  const value = readHeader(headers, name)?.trim();
  const count = Number(value);
  return value !== undefined && value !== '' && Number.isFinite(count) && count >= 0 ? count : undefined;
}
