import type { Decision } from '@pointsman/contracts';
import type { RecordedPrompt } from './recorded-outcomes.ts';

/** What one reply cost and earned: the cost from its decision record, the score that the real model really got. */
export type Outcome = { model: string; costNanoUsd: number; score: number };

/** One test prompt: what each model's decision record says, and what the router's does. */
export type Trial = {
  prompt: RecordedPrompt;
  byModel: Record<string, Outcome>;
  routed: Record<string, Outcome & { decision: Decision }>;
};

/** A way to pick; may return several outcomes with weights that sum to 1 (a random mix is its expectation). */
export type Strategy = { name: string; pick(trial: Trial): { outcome: Outcome; weight: number }[] };

const sure = (outcome: Outcome | undefined) => (outcome === undefined ? [] : [{ outcome, weight: 1 }]);

export const always = (name: string, model: string): Strategy => ({
  name,
  pick: (trial) => sure(trial.byModel[model]),
});

export const random = (models: readonly string[]): Strategy => ({
  name: 'random model',
  pick: (trial) =>
    models
      .map((model) => trial.byModel[model])
      .filter((o) => o !== undefined)
      .map((outcome, _, all) => ({ outcome, weight: 1 / all.length })),
});

/** The cheapest among the best: what a router that knew every outcome would do. */
export const oracle: Strategy = {
  name: 'oracle',
  pick: (trial) =>
    sure(Object.values(trial.byModel).sort((a, b) => b.score - a.score || a.costNanoUsd - b.costNanoUsd)[0]),
};

export const routed = (policy: string): Strategy => ({
  name: `Pointsman auto/${policy}`,
  pick: (trial) => sure(trial.routed[policy]),
});

/**
 * Static rules written from the training part with true domain labels: per domain the cheapest model whose mean there
 * reaches the share of the strongest model's mean there.
 */
export function domainRules(
  training: readonly RecordedPrompt[],
  ladder: { cheapestFirst: readonly string[]; strongest: string },
  share: number,
): Strategy {
  const rules = new Map<string, string>();
  for (const [domain, prompts] of Map.groupBy(training, (prompt) => prompt.domain)) {
    const mean = (model: string) =>
      prompts.reduce((sum, p) => sum + (p.replies[model]?.score ?? 0), 0) / prompts.length;
    const bar = share * mean(ladder.strongest);
    rules.set(domain, ladder.cheapestFirst.find((model) => mean(model) >= bar) ?? ladder.strongest);
  }
  return {
    name: `per-domain rules (${Math.round(share * 100)} %)`,
    pick: (trial) => sure(trial.byModel[rules.get(trial.prompt.domain) ?? ladder.strongest]),
  };
}

/** The prompt-blind mix of two fixed models that costs on average as much as the given strategy: what a router must beat. */
export function zeroRouter(trials: readonly Trial[], models: readonly string[], matched: Strategy): Strategy {
  const target = expected(trials, matched).cost;
  const points = models.map((model) => ({ model, ...expected(trials, always(model, model)) }));
  let best: { low: string; high: string; share: number; score: number } | undefined;
  for (const low of points) {
    for (const high of points) {
      if (low.cost > target || high.cost < target) continue;
      const share = high.cost === low.cost ? 0 : (target - low.cost) / (high.cost - low.cost);
      const score = low.score + share * (high.score - low.score);
      if (best === undefined || score > best.score) best = { low: low.model, high: high.model, share, score };
    }
  }
  const { low = '', high = '', share = 0 } = best ?? {};
  return {
    name: `zero router at the cost of ${matched.name.replace('Pointsman ', '')}`,
    pick: ({ byModel }) => [...weighted(byModel[low], 1 - share), ...weighted(byModel[high], share)],
  };
}

const weighted = (outcome: Outcome | undefined, weight: number) => (outcome === undefined ? [] : [{ outcome, weight }]);

export function expected(trials: readonly Trial[], strategy: Strategy): { cost: number; score: number } {
  let cost = 0;
  let score = 0;
  for (const trial of trials) {
    for (const { outcome, weight } of strategy.pick(trial)) {
      cost += weight * outcome.costNanoUsd;
      score += weight * outcome.score;
    }
  }
  return { cost: cost / trials.length, score: score / trials.length };
}
