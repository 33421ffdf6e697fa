import type { Price } from '@pointsman/contracts';

const NANO_PER_MICRO = 1000;

/** "input / output" per million tokens; `money` takes nano-dollars. */
export function priceText(
  { inputMicroUsdPerMtok: input, outputMicroUsdPerMtok: output, tiers }: Price,
  money: (nanoUsd: number) => string,
): string {
  const text = `${money(input * NANO_PER_MICRO)} / ${money(output * NANO_PER_MICRO)}`;
  return tiers.length === 0 ? text : `${text} +`;
}

/** Share by which a price changed, taking input and output for equally much; undefined where either was free. */
export function priceChange(before: Price, after: Price): number | undefined {
  const [old, now] = [before, after].map((price) => price.inputMicroUsdPerMtok + price.outputMicroUsdPerMtok);
  return old === undefined || now === undefined || old === 0 ? undefined : now / old - 1;
}
