import { z } from 'zod';

/** Integer billionths of a US dollar. Sums stay exact below 9 million dollars (2^53). */
export type NanoUsd = number;

/** Integer millionths of a US dollar per million tokens: how price pages quote, without fractions. */
export type MicroUsdPerMtok = number;

export const NANO_PER_USD = 1_000_000_000;
export const MICRO_PER_USD = 1_000_000;

/** Dollars that a limit may name: beyond 2^53 nano-dollars sums are no longer exact. */
export const MOST_USD = 9_000_000;

export const nanoUsdSchema = z.int().nonnegative();
export const microUsdPerMtokSchema = z.int().nonnegative();

/** Dollars to nano-dollars, rounded up once. */
export function nanoUsdFromUsd(usd: number): NanoUsd {
  // toFixed first: 0.1 * 1e9 style products carry binary dust that a bare ceil would turn into an extra nano-dollar.
  return Math.ceil(Number((usd * NANO_PER_USD).toFixed(3)));
}

/** Nano-dollars as a plain decimal string of dollars, without exponent and without trailing zeros. */
export function formatUsd(nanoUsd: NanoUsd): string {
  const sign = nanoUsd < 0 ? '-' : '';
  const digits = Math.abs(nanoUsd).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}
