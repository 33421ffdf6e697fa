import { seededRandom } from '@pointsman/statistics';
import type { RoutingMethod } from './routing-method.ts';

/** Guesses each quality at random: what a trade-off alone, with no knowledge of models or requests, brings. */
export const randomGuess = (seed: number): RoutingMethod => ({
  name: 'random',
  fit: (_, { models }) => {
    const random = seededRandom(seed);
    return () => Float64Array.from(models, random);
  },
});
