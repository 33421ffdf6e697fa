import { pickNumber } from './digest.ts';

export type Pace = { firstTokenMs: number; betweenTokensMs: number };

/** Words in a model's name that make it fast or slow, first match wins; milliseconds of a typical host. */
const TEMPERS: readonly [RegExp, Pace][] = [
  [/nano|mini|haiku|small|8b|flash|lite|tiny/i, { firstTokenMs: 180, betweenTokensMs: 4 }],
  [/opus|^o\d|large|405b|pro\b/i, { firstTokenMs: 700, betweenTokensMs: 14 }],
];
const ORDINARY: Pace = { firstTokenMs: 350, betweenTokensMs: 8 };

/** How long a model of that name might take for that prompt; the same each time it is asked. */
export function lifelikePace(model: string, prompt: string): Pace {
  const temper = TEMPERS.find(([name]) => name.test(model))?.[1] ?? ORDINARY;
  // Between two thirds of the typical time and twice it.
  const stretch = (67 + pickNumber(133, [model, prompt])) / 100;
  return { firstTokenMs: temper.firstTokenMs * stretch, betweenTokensMs: temper.betweenTokensMs * stretch };
}
