import { expect, test } from 'vitest';
import { newDecisionId } from './new-decision-id.ts';

test('ids are version-7 UUIDs: unique, and ordered by the time they were made', () => {
  const ids = Array.from({ length: 5000 }, (_, i) => newDecisionId(1_795_222_502_000 + i));
  expect(new Set(ids).size).toBe(5000);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^dec_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
});
