import type { WireFormatName } from '@pointsman/contracts';
import type { Behaviour } from './emulator-types.ts';

export type BehaviourScript = {
  add(behaviour: Behaviour): void;
  clear(): void;
  isEmpty(): boolean;
  /** The oldest behaviour that matches and has uses left; it loses one. */
  take(request: { model: string; format: WireFormatName; stream: boolean }): Behaviour | undefined;
};

/** Keeps what has been scripted, in the order in which it was scripted. */
export function createBehaviourScript(): BehaviourScript {
  let entries: { behaviour: Behaviour; left: number }[] = [];
  return {
    add: (behaviour) => {
      entries.push({ behaviour, left: behaviour.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      entries = [];
    },
    isEmpty: () => entries.length === 0,
    take: (request) => {
      const entry = entries.find(({ behaviour: { match }, left }) => {
        if (left <= 0) return false;
        if (match?.model !== undefined && match.model !== request.model) return false;
        if (match?.format !== undefined && match.format !== request.format) return false;
        return match?.stream === undefined || match.stream === request.stream;
      });
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) entries = entries.filter((other) => other !== entry);
      return entry.behaviour;
    },
  };
}
