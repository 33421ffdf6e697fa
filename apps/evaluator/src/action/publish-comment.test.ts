import { expect, it } from 'vitest';
import { commentKey } from './publish-comment.ts';

it('makes a key that cannot end the HTML comment it stands in', () => {
  expect(commentKey('Évaluer & juger/gate (2)')).toBe('-valuer-juger/gate-2-');
  expect(commentKey('a --> <b>--!>')).toBe('a-b-');
});
