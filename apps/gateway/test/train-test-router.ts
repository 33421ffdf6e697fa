import { promptOf, type TrainingRow, trainRouter, writeArtefact } from '@pointsman/router-model';
import { seededRandom } from '@pointsman/statistics';

/** Chance that each of the router's two models answers well. */
const CHANCES = {
  cooking: { small: 0.95, large: 0.97 },
  contracts: { small: 0.2, large: 0.9 },
};
/** Enough words that prompts of one topic differ: near-duplicates would teach the router a single thing. */
const WORDS = {
  cooking:
    'simmer onion recipe oven butter garlic whisk flour roast pepper stew basil dough yeast grill saffron broth glaze'.split(
      ' ',
    ),
  contracts:
    'clause liable tenant breach indemnity lease statute court notice party waiver escrow deed lien arbiter covenant surety tort'.split(
      ' ',
    ),
};

/** A prompt that the router takes for the topic's. */
export const promptAbout = (topic: keyof typeof WORDS) => `Explain ${WORDS[topic].slice(0, 12).join(' ')}?`;

/** Prompts of both topics in turn, each with what both models scored. */
export function testRows(count: number, seed: number): TrainingRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n): TrainingRow => {
    const domain = n % 2 === 0 ? 'cooking' : 'contracts';
    const words = Array.from({ length: 12 }, () => WORDS[domain][Math.floor(random() * WORDS[domain].length)]);
    return {
      id: `row-${n}`,
      source: n % 4 < 2 ? 'left' : 'right',
      domain,
      prompt: promptOf({ model: 'auto', messages: [{ role: 'user', content: `Explain ${words.join(' ')}?` }] }),
      observations: Object.entries(CHANCES[domain]).map(([model, chance]) => ({
        model,
        scores: { factual_accuracy: random() < chance ? 1 : 0 },
        outputTokens: 80 + Math.round(40 * random()),
      })),
    };
  });
}

/**
 * Trains, in about a second, a router that knows a `small` and a `large` model: both cook, only the large one knows
 * contracts. Writes its artefact to `dir`.
 */
export async function trainTestRouter(dir: string): Promise<void> {
  await writeArtefact(dir, await trainRouter(testRows(600, 5), { seed: 7, buckets: 1024, latent: 16, folds: 3 }));
}
