import type { MicroUsdPerMtok } from '@pointsman/contracts';

const DECIMAL = /^(\d+)(?:\.(\d{1,6}))?$/;

/**
 * Dollars per million tokens, as price pages quote them, to integer micro-dollars: exactly, through the decimal digits
 * a person wrote and never through a floating-point product. Undefined for a negative number, one with more than six
 * decimals, or one beyond 2^53 micro-dollars.
 */
export function microUsdPerMtokFromUsd(usdPerMtok: number): MicroUsdPerMtok | undefined {
  // The shortest decimal that reads back as this number is what was written, up to 15 significant digits.
  const digits = DECIMAL.exec(String(usdPerMtok));
  if (digits === null) return undefined;
  const micro = Number(`${digits[1] ?? ''}${(digits[2] ?? '').padEnd(6, '0')}`);
  return Number.isSafeInteger(micro) ? micro : undefined;
}
