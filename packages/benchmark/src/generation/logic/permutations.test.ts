import { expect, it } from 'vitest';
import { permutations, solutionsOf } from './permutations.ts';

it('gives every order once', () => {
  expect(
    permutations(['a', 'b', 'c'])
      .map((order) => order.join(''))
      .sort(),
  ).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  expect(permutations([])).toEqual([[]]);
});

it('keeps the orders in which every clue holds', () => {
  const isBefore = (one: string, other: string) => ({
    holds: (order: readonly string[]) => order.indexOf(one) < order.indexOf(other),
  });
  expect(solutionsOf(['a', 'b', 'c'], [isBefore('c', 'a'), isBefore('b', 'a')])).toEqual([
    ['b', 'c', 'a'],
    ['c', 'b', 'a'],
  ]);
});
