import { normalQuantile, type Random, seededRandom } from '@pointsman/statistics';
import type { ReplayRequest } from '../replay-request.ts';

/** A group of near-duplicate requests, with each model's probability to answer right. */
export type SimulatedGroup = { domain: string; familiarity: number; size: number; models: SimulatedModel[] };
type SimulatedModel = { model: string; mean: number; costNanoUsd: number; chance: number };

export type SimulationOptions = {
  seed: string;
  groups: number;
  /** Standard deviation, in log odds, of what the predictions do not know. */
  noise?: number | undefined;
  /** By how much, in log odds, cheaper models are predicted too well. */
  flattery?: number | undefined;
};

const LADDER = [
  { model: 'tiny', ability: -0.2, costNanoUsd: 1_000 },
  { model: 'small', ability: 0.7, costNanoUsd: 4_000 },
  { model: 'middle', ability: 1.3, costNanoUsd: 15_000 },
  { model: 'large', ability: 1.9, costNanoUsd: 60_000 },
];
const DOMAINS = [
  { domain: 'research', ease: -0.9 },
  { domain: 'software', ease: 0.1 },
  { domain: 'finance', ease: 0.6 },
  { domain: 'travel', ease: 1.6 },
];

/** Traffic of four domains over a ladder of four models: cheap ones suffice where it is easy, predictions err. */
export function simulateTraffic({ seed, groups, noise = 0.7, flattery = 0 }: SimulationOptions): SimulatedGroup[] {
  const random = seededRandom(seed);
  return Array.from({ length: groups }, () => {
    const { domain, ease } = DOMAINS[Math.floor(random() * DOMAINS.length)] ?? { domain: '', ease: 0 };
    const difficulty = 1.2 * normal(random);
    const models = LADDER.map(({ model, ability, costNanoUsd }) => {
      const known = ability + ease + difficulty;
      const mean = sigmoid(known + (model === 'large' ? 0 : flattery));
      return { model, mean, costNanoUsd, chance: sigmoid(known + noise * normal(random)) };
    });
    return { domain, familiarity: 1 - random() ** 4, size: random() < 0.8 ? 1 : 1 + Math.floor(4 * random()), models };
  });
}

/** Draws groups of the traffic, with new answers: right or wrong by their chances, alike within a group. */
export function drawReplay(traffic: readonly SimulatedGroup[], groups: number, seed: string): ReplayRequest[] {
  const random = seededRandom(seed);
  return Array.from({ length: groups }, (_, index) => {
    const { domain, familiarity, size, models } = traffic[Math.floor(random() * traffic.length)] ?? EMPTY;
    const right = models.map(({ chance }) => random() < chance);
    const request = () => {
      const candidates = models.map(({ chance, ...candidate }, m) => ({
        ...candidate,
        spread: 0.1,
        // A duplicate is now and then answered otherwise.
        score: (random() < 0.9 ? right[m] : random() < chance) ? 1 : 0,
      }));
      return { group: `group ${index}`, domain, familiarity, candidates };
    };
    return Array.from({ length: size }, request);
  }).flat();
}
const EMPTY: SimulatedGroup = { domain: '', familiarity: 0, size: 0, models: [] };

/** The traffic with what is expected of each model in place of scores: the truth that certificates speak of. */
export function expectedReplay(traffic: readonly SimulatedGroup[]): ReplayRequest[] {
  return traffic.map(({ domain, familiarity, models }, index) => ({
    group: `${index}`,
    domain,
    familiarity,
    candidates: models.map(({ chance, ...candidate }) => ({ ...candidate, spread: 0.1, score: chance })),
  }));
}

function normal(random: Random): number {
  return normalQuantile(random() || 0.5);
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
