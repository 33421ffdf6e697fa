/** A category, compared by value. */
export type Label = string | number | boolean;

/** Each category's position, from 0. @throws RangeError for a category named twice or no number. */
export function positionsOf<T extends Label>(categories: readonly T[]): Map<T, number> {
  const positions = new Map<T, number>();
  for (const category of categories) {
    if (typeof category === 'number' && !Number.isFinite(category))
      throw new RangeError(`A category is text, a finite number or a boolean, got ${category}`);
    if (positions.has(category)) throw new RangeError(`Category ${category} is named twice`);
    positions.set(category, positions.size);
  }
  return positions;
}
