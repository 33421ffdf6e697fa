import type { ModelPlane, PlanePoint } from '@pointsman/contracts';
import type { RollupSums } from '@pointsman/db';
import { qualityOf } from '../overview/figures-of.ts';
import { modelFacts, type Onlooker } from './model-facts.ts';
import { type ModelQuestion, type ModelSources, openScorecard } from './open-scorecard.ts';
import { paretoFront } from './pareto-front.ts';
import { routerStandings } from './router-scorecard.ts';
import type { Scorecard, StandingOf } from './scorecard.ts';
import { knownCostCountOf, meanCostOf } from './traffic-scorecard.ts';

export type PlaneQuestion = ModelQuestion & {
  /** Only models the client's policy lets its requests go to; the front is drawn among them. */
  allowedOnly: boolean;
};

export type PlaneSources = ModelSources & { onlooker: Onlooker | undefined };

/** Every model's place between cost and quality, as the asked source says. */
export async function readPlane(question: PlaneQuestion, sources: PlaneSources): Promise<ModelPlane> {
  const { clientId, from, to, domain, task, source } = question;
  const [traffic] = await sources.repositories.rollups.sums({ clientId, from, to, domain, task, by: [] });
  if (traffic === undefined) throw new Error('sums without keys are one row');
  const card = await openScorecard(question, sources, { traffic });
  const standingOf = routerStandings(await sources.references.current());
  const served = new Map(sources.models.map((model) => [model.id, model]));
  const ids = [...new Set([...served.keys(), ...card.models])].sort();
  const all = ids.map((id) => {
    const facts = modelFacts(id, served.get(id), sources);
    return { ...facts, ...placeOf(id, question, { card, standingOf }) };
  });
  const wanted = all.filter(({ allowed }) => !question.allowedOnly || allowed !== false);
  const points = wanted.filter(({ costNanoUsd, quality }) => costNanoUsd !== undefined || quality.value !== undefined);
  return {
    source,
    from,
    to,
    ...card.origin,
    points: markFront(points),
    unmeasured: wanted.length - points.length,
    mix: source === 'benchmark' ? undefined : mixOf(traffic),
    policy: policyOf(sources.onlooker),
  };
}

type Place = Omit<PlanePoint, keyof ReturnType<typeof modelFacts> | 'onFront'>;

function placeOf(
  model: string,
  { domain, task, source }: PlaneQuestion,
  { card, standingOf }: { card: Scorecard; standingOf: StandingOf },
): Place {
  const slice = { domain, task };
  const score = card.score(model, slice, 'overall');
  const cost = card.cost(model, slice);
  const { standing = source === 'benchmark' ? 'measured' : standingOf(model), ...quality } = score ?? { count: 0 };
  return {
    costNanoUsd: cost?.nanoUsd,
    costEstimated: cost?.isEstimated ?? false,
    quality,
    requests: card.requests?.(model),
    standing,
    runId: card.runId?.(model),
  };
}

function markFront(points: readonly Omit<PlanePoint, 'onFront'>[]): PlanePoint[] {
  const comparable = points.flatMap(({ model, costNanoUsd, quality: { value, interval } }) =>
    costNanoUsd === undefined || value === undefined || interval === undefined
      ? []
      : [{ model, costNanoUsd, quality: value }],
  );
  const front = new Set([...paretoFront(comparable)].map(({ model }) => model));
  return points.map((point) => ({ ...point, onFront: front.has(point.model) }));
}

function mixOf(traffic: RollupSums): ModelPlane['mix'] {
  if (traffic.requests === 0) return undefined;
  return {
    costNanoUsd: meanCostOf({ ...traffic, knownCostCount: knownCostCountOf(traffic) })?.nanoUsd,
    quality: qualityOf(traffic),
    requests: traffic.requests,
  };
}

const policyOf = (onlooker: Onlooker | undefined): ModelPlane['policy'] =>
  onlooker && { name: onlooker.policy.name, minOverall: onlooker.policy.minScores.overall };
