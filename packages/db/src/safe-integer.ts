/**
 * A PostgreSQL bigint or whole numeric as a number.
 * @throws RangeError above 2^53 - 1, where a number would silently round.
 */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not an integer that a number can hold exactly`);
  return value;
}
