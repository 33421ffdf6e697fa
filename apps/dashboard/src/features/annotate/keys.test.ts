import { describe, expect, it } from 'vitest';
import { commandOf } from './keys.ts';
import { startRating } from './rating-state.ts';

const state = startRating(['tone', 'safety']);
const press = (key: string, held = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held }, state);

describe('keys', () => {
  it('rate, undo, skip, submit and help', () => {
    expect(press('4')).toEqual({ kind: 'rating', action: { kind: 'rate', answer: 4 } });
    expect(press('0')).toEqual({ kind: 'rating', action: { kind: 'rate', answer: 'cannot-rate' } });
    expect([press('u'), press('U'), press('s'), press('Enter'), press('?')].map((command) => command?.kind)).toEqual([
      'undo',
      'undo',
      'skip',
      'submit',
      'help',
    ]);
  });
  it('leave to the browser what is the browser’s', () => {
    expect([press('u', { ctrlKey: true }), press('1', { metaKey: true }), press('6'), press('Tab')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
