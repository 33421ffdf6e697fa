import type { DeploymentShift, ModelStanding, ModelTable, ScoreHead } from '../model/model-standing.ts';
import type { Normal } from '../model/normal.ts';
import { keyOf, type Unknown } from './count-decisions.ts';
import type { DecisionFit, Found } from './fit-decisions.ts';

/** The table with everything that decisions told put in its place: calibrations, abilities, shifts, clients' shifts. */
export function applyDecisionFit(table: ModelTable, { found }: DecisionFit, kinds: readonly string[]): ModelTable {
  const posteriors = new Map(found.map(({ unknown, posterior }) => [keyOf(unknown), posterior]));
  const posteriorOf = (unknown: Unknown): Normal | undefined => posteriors.get(keyOf(unknown));
  const kindsOfModel = Map.groupBy(found.filter(isOfKind), ({ unknown }) => unknown.model);
  return {
    ...table,
    heads: table.heads.map((head) => recalibrated(head, posteriorOf)),
    models: table.models.map((model) => {
      const own = posteriorOf({ of: 'model', model: model.name });
      return own === undefined ? model : shifted(model, own, added(model, kindsOfModel.get(model.name) ?? [], kinds));
    }),
    clients: withClients(table.clients, found),
  };
}

/** Nobody ever gave the model a benchmark: its ability is all there is, and decisions tell it. */
export const isUnobserved = ({ scores }: ModelStanding): boolean =>
  Object.values(scores).every(({ kinds }) => kinds.length === 0);

/** Which of the artefact's kinds (`source|label`) have the label, for several sources may. */
export const kindsLabelled = (kinds: readonly string[], label: string): number[] =>
  kinds.flatMap((kind, index) => (kind.slice(kind.indexOf('|') + 1) === label ? [index] : []));

type PosteriorOf = (unknown: Unknown) => Normal | undefined;
type OfKind = Found & { unknown: Unknown & { of: 'kind' } };
const isOfKind = (found: Found): found is OfKind => found.unknown.of === 'kind';

function recalibrated(head: ScoreHead, posteriorOf: PosteriorOf): ScoreHead {
  const { dimension, calibration } = head;
  const slope = posteriorOf({ of: 'slope', dimension });
  const intercept = posteriorOf({ of: 'intercept', dimension });
  if (slope === undefined || intercept === undefined) return head;
  const stretch = Math.max(slope.mean, 0);
  return {
    ...head,
    calibration: {
      ...calibration,
      slope: stretch * calibration.slope,
      intercept: intercept.mean + stretch * calibration.intercept,
    },
  };
}

/** What is known of the model on single kinds once the decisions' is added to it. */
function added({ shift }: ModelStanding, found: readonly OfKind[], kinds: readonly string[]): DeploymentShift['kinds'] {
  const before = new Map(shift?.kinds.map((entry) => [entry[0], entry]));
  const after = new Map(before);
  for (const { unknown, posterior } of found)
    for (const kind of kindsLabelled(kinds, unknown.kind))
      after.set(kind, [kind, (before.get(kind)?.[1] ?? 0) + posterior.mean, posterior.variance]);
  return [...after.values()].sort((a, b) => a[0] - b[0]);
}

function shifted(model: ModelStanding, own: Normal, kinds: DeploymentShift['kinds']): ModelStanding {
  if (!isUnobserved(model))
    return { ...model, shift: { mean: (model.shift?.mean ?? 0) + own.mean, variance: own.variance, kinds } };
  const ability = { mean: model.ability + own.mean, variance: own.variance };
  return {
    ...model,
    ability: ability.mean,
    abilityVariance: ability.variance,
    prior: ability,
    shift: kinds.length === 0 ? undefined : { mean: 0, variance: 0, kinds },
  };
}

function withClients(before: ModelTable['clients'], found: readonly Found[]): ModelTable['clients'] {
  const clients = new Map(Object.entries(before ?? {}).map(([id, models]) => [id, new Map(Object.entries(models))]));
  for (const { unknown, posterior } of found) {
    if (unknown.of !== 'client') continue;
    const models = clients.get(unknown.clientId) ?? new Map<string, Normal>();
    const mean = (models.get(unknown.model)?.mean ?? 0) + posterior.mean;
    clients.set(unknown.clientId, models.set(unknown.model, { mean, variance: posterior.variance }));
  }
  if (clients.size === 0) return before;
  return Object.fromEntries([...clients].map(([id, models]) => [id, Object.fromEntries(models)]));
}
