import { useEffect, useRef } from 'react';
import { commandOf } from './keys.ts';
import type { RatingAction, RatingState } from './rating-state.ts';

export type CommandHandlers = {
  rating(action: RatingAction): void;
  submit(): void;
  undo(): void;
  skip(): void;
  help(): void;
};

/** Where a key means what is typed or pressed there. */
function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLTextAreaElement || target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'radio';
  return key === 'Enter' && target.closest('button, a, [role="menuitem"]') !== null;
}

/** Listens to the keyboard of the whole page while a reply is on the screen and no dialog is open. */
export function useCommands(state: RatingState | undefined, enabled: boolean, handlers: CommandHandlers): void {
  // The latest of each render: the listener itself stays, so that no key falls between two of them.
  const latest = useRef({ state, enabled, handlers });
  latest.current = { state, enabled, handlers };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const now = latest.current;
      if (!now.enabled || event.repeat || isTakenBy(event.target, event.key)) return;
      const command = commandOf(event, now.state ?? NOTHING);
      if (command === undefined || (now.state === undefined && command.kind !== 'help' && command.kind !== 'undo'))
        return;
      event.preventDefault();
      if (command.kind === 'rating') now.handlers.rating(command.action);
      else now.handlers[command.kind]();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

const NOTHING: RatingState = { dimensions: [], answers: {}, focus: 0, history: [] };
