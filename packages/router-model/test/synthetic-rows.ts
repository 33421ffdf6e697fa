import { seededRandom } from '@pointsman/statistics';
import { promptOf } from '../src/prompt.ts';
import type { TrainingRow } from '../src/rows.ts';

const TOPICS = {
  cooking: ['simmer', 'onion', 'recipe', 'oven', 'butter', 'garlic', 'whisk', 'flour', 'roast', 'pepper'],
  astronomy: ['galaxy', 'orbit', 'telescope', 'comet', 'nebula', 'planet', 'eclipse', 'asteroid', 'star', 'moon'],
  contracts: ['clause', 'liable', 'tenant', 'breach', 'indemnity', 'lease', 'party', 'notice', 'statute', 'court'],
} as const;
type Topic = keyof typeof TOPICS;

/** True chance of success by topic and model; `hard` in the prompt halves it for the small model. */
const CHANCES: Record<Topic, Record<string, number>> = {
  cooking: { small: 0.85, large: 0.95, 'odd-base': 0.1 },
  astronomy: { small: 0.35, large: 0.85, 'odd-base': 0.1 },
  contracts: { small: 0.15, large: 0.65, 'odd-base': 0.1 },
};

/** Seeded rows in which topic and one word decide how well a small and a large model do. */
export function syntheticRows(count: number, seed: number): TrainingRow[] {
  const random = seededRandom(seed);
  const topics = Object.keys(TOPICS) as Topic[];
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  return Array.from({ length: count }, (_, n): TrainingRow => {
    const topic = pick(topics);
    const isHard = random() < 0.5;
    const words = Array.from({ length: 12 }, () => pick(TOPICS[topic]));
    const text = `${isHard ? 'prove rigorously' : 'say briefly'} ${words.join(' ')}?`;
    return {
      id: `row-${n}`,
      source: n % 2 === 0 ? 'left' : 'right',
      domain: topic,
      prompt: promptOf({ model: 'auto', messages: [{ role: 'user', content: text }] }),
      observations: Object.entries(CHANCES[topic]).map(([model, chance]) => ({
        model,
        scores: { factual_accuracy: random() < chance * (isHard && model === 'small' ? 0.5 : 1) ? 1 : 0 },
        outputTokens: Math.round((isHard ? 300 : 60) * (model === 'large' ? 2 : 1) * (0.7 + 0.6 * random())),
        costNanoUsd: model === 'large' ? 1_000_000 : 50_000,
      })),
    };
  });
}

/** Settings under which the synthetic rows train in about a second. */
export const SMALL_TRAINING = { seed: 7, buckets: 1_024, latent: 16, folds: 3 } as const;

/** A single-message prompt. */
export const promptFor = (content: string) => promptOf({ model: 'auto', messages: [{ role: 'user', content }] });
