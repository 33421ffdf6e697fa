import { mean, variance } from '@pointsman/statistics';
import type { ScoredReply } from './calibration-row.ts';
import type { Column } from './calibration-schema.ts';

/** The name the judge's own score has among the inputs. */
export const SCORE = 'score';

/** Standardisation of each named input over the replies; inputs that do not vary, or that fewer than two have, are left out. */
export function columnsOf(replies: readonly ScoredReply[], names: readonly string[]): Column[] {
  return names.flatMap((input) => {
    const present = replies.map((reply) => inputOf(reply, input)).filter((value) => value !== undefined);
    const sd = Math.sqrt(variance(present));
    if (!(sd > 1e-9)) return [];
    return [{ input, mean: mean(present), sd, canBeMissing: present.length < replies.length }];
  });
}

/** The standardised inputs of a reply; a missing one is 0, its mean, and its indicator 1. */
export function designRow(columns: readonly Column[], reply: ScoredReply): number[] {
  return columns.flatMap(({ input, mean: centre, sd, canBeMissing }) => {
    const value = inputOf(reply, input);
    const standardised = value === undefined ? 0 : (value - centre) / sd;
    return canBeMissing ? [standardised, value === undefined ? 1 : 0] : [standardised];
  });
}

/** A reply's value of an input; undefined where it is missing or no finite number. */
export function inputOf(reply: ScoredReply, input: string): number | undefined {
  const value = input === SCORE ? reply.score : reply.inputs?.[input];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The names of all inputs any reply has, the judge's own score first, the others sorted. */
export function inputNames(replies: readonly ScoredReply[]): string[] {
  const names = new Set(replies.flatMap(({ inputs = {} }) => Object.keys(inputs)));
  return [SCORE, ...[...names].sort()];
}
