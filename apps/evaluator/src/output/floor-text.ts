import type { Floor } from '@pointsman/contracts';

/** What a floor promises, in words. */
export function floorText(floor: Floor): string {
  const promise =
    floor.kind === 'share-of-strongest'
      ? `at least ${percentText(floor.share)} of the strongest model's quality`
      : `at most ${percentText(floor.share)} of requests below ${floor.score}`;
  return `${promise}, ${percentText(floor.confidence)} confidence`;
}

/** A share in per cent, to a tenth. */
export const percentText = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
