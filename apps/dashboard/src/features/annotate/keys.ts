import type { RatingAction, RatingState } from './rating-state.ts';

/** What a key asks for while a reply is on the screen. */
export type Command =
  | { kind: 'rating'; action: RatingAction }
  | { kind: 'submit' }
  | { kind: 'undo' }
  | { kind: 'skip' }
  | { kind: 'help' };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The command of a key, or undefined when the key is not ours. Letters work in either case. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Key, state: RatingState): Command | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (/^[1-5]$/.test(key)) return { kind: 'rating', action: { kind: 'rate', answer: Number(key) } };
  switch (key.toLowerCase()) {
    case '0':
      return { kind: 'rating', action: { kind: 'rate', answer: 'cannot-rate' } };
    case 'arrowdown':
      return { kind: 'rating', action: { kind: 'focus', index: state.focus + 1 } };
    case 'arrowup':
      return { kind: 'rating', action: { kind: 'focus', index: state.focus - 1 } };
    case 'enter':
      return { kind: 'submit' };
    case 'u':
      return { kind: 'undo' };
    case 's':
      return { kind: 'skip' };
    case '?':
      return { kind: 'help' };
    default:
      return undefined;
  }
}
