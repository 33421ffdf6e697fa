import { inspect } from 'node:util';

/** A value that must not reach a log: printing, inspecting or serialising it says `[secret]`. */
export type Secret = { reveal(): string; toJSON(): string; toString(): string };

const HIDDEN = '[secret]';

export function secret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toJSON: () => HIDDEN,
    toString: () => HIDDEN,
    [inspect.custom]: () => HIDDEN,
  });
}
