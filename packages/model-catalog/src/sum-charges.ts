import type { MicroUsdPerMtok, NanoUsd } from '@pointsman/contracts';

/** So many tokens, each at this rate. Both are non-negative integers. */
export type Charge = readonly [tokens: number, rate: MicroUsdPerMtok];

/** micro-USD per million tokens x tokens = 1e-12 USD; a nano-dollar is a thousand of those. */
const PICO_PER_NANO = 1000;

/**
 * The exact sum of the charges in nano-dollars, rounded up once; undefined when it exceeds 2^53 - 1 (9 million dollars).
 *
 * Doubles carry the ordinary case: all terms are non-negative integers and rounding is monotone, so a computed sum
 * below 2^53 proves that every product and partial sum was an exactly representable integer. Anything larger is
 * computed again in BigInt.
 */
export function sumCharges(charges: readonly Charge[]): NanoUsd | undefined {
  const pico = charges.reduce((sum, [tokens, rate]) => sum + tokens * rate, 0);
  if (Number.isSafeInteger(pico)) {
    const remainder = pico % PICO_PER_NANO;
    return (pico - remainder) / PICO_PER_NANO + (remainder > 0 ? 1 : 0);
  }
  return sumLargeCharges(charges);
}

function sumLargeCharges(charges: readonly Charge[]): NanoUsd | undefined {
  const pico = charges.reduce((sum, [tokens, rate]) => sum + BigInt(tokens) * BigInt(rate), 0n);
  const nano = (pico + BigInt(PICO_PER_NANO - 1)) / BigInt(PICO_PER_NANO);
  return nano <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(nano) : undefined;
}
