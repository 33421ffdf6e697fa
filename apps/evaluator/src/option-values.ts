import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { InvalidArgumentError } from 'commander';

/** A whole number of at least 1. */
export function positiveInteger(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Use a whole number of at least 1.');
  return Number(text);
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = numberOf(text);
  if (value <= 0) throw new InvalidArgumentError('Use a number above 0.');
  return value;
}

/** A number from 0 to 1. */
export function fraction(text: string): number {
  const value = numberOf(text);
  if (value < 0 || value > 1) throw new InvalidArgumentError('Use a number from 0 to 1.');
  return value;
}

/** The chance of a false alarm: above 0 and below a half. */
export function significanceLevel(text: string): number {
  const value = numberOf(text);
  if (value <= 0 || value >= 0.5) throw new InvalidArgumentError('Use a number above 0 and below 0.5, such as 0.05.');
  return value;
}

/** A difference of scores: above 0, at most 1. */
export function scoreDifference(text: string): number {
  const value = fraction(text);
  if (value === 0) throw new InvalidArgumentError('Use a number above 0: a difference of 0 can never be excluded.');
  return value;
}

/** What lifts a limit. Not null: commander takes a parsed null for an option without value. */
export const NONE = 'none';

/** The same, or `none`. */
export const orNone =
  <Value>(parse: (text: string) => Value) =>
  (text: string): Value | typeof NONE =>
    text === NONE ? NONE : parse(text);

/** Collects a repeatable `name=number` option into one object. */
export function namedNumber(text: string, collected: Record<string, number> = {}): Record<string, number> {
  const [name, value, ...rest] = text.split('=');
  if (name === undefined || name === '' || value === undefined || rest.length > 0) {
    throw new InvalidArgumentError('Write name=number, such as overall=0.8.');
  }
  return { ...collected, [name]: numberOf(value) };
}

/** Collects `theirs=ours` pairs, separated by commas or given again, into one object. */
export function namedText(text: string, collected: Record<string, string> = {}): Record<string, string> {
  const pairs = list(text).map((pair) => pair.split('=').map((part) => part.trim()));
  if (pairs.length === 0 || pairs.some((pair) => pair.length !== 2 || pair.includes('')))
    throw new InvalidArgumentError('Write theirs=ours, such as question=prompt,answer=reference.');
  return { ...collected, ...Object.fromEntries(pairs) };
}

/** A list separated by commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** A UTC day. */
export function isoDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('Use a day, such as 2026-11-21.');
  }
  return text;
}

function numberOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Use a number.');
  return value;
}

/** Collects a repeatable `name=value` option into one object. */
export function labels(text: string, collected: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([A-Za-z0-9_.-]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Write name=value, such as branch=main.');
  return { ...collected, [name]: value };
}

/** Names separated by commas, at least one, none twice. */
export function commaSeparated(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Name at least one.');
  if (new Set(names).size < names.length) throw new InvalidArgumentError('One name stands there twice.');
  return names;
}

/** Dimensions separated by commas. */
export function dimensionNames(text: string): Dimension[] {
  return commaSeparated(text).map((name) => {
    const dimension = DIMENSIONS.find((one) => one === name);
    if (dimension === undefined) throw new InvalidArgumentError(`There is no '${name}'. Use ${DIMENSIONS.join(', ')}.`);
    return dimension;
  });
}
