import { type CandidateRecord, GatewayError } from '@pointsman/contracts';
import type { Choice } from '@pointsman/router-model/choice';
import type { Route } from './resolve-route.ts';

/** Says why no model can serve the request, in the terms of what the caller could change: `no_eligible_model`. */
export function explainNone(choice: Extract<Choice, { kind: 'none' }>, route: Route, strict: boolean): GatewayError {
  const { considered, unmet } = choice;
  if (considered.length === 0) return new GatewayError('no_eligible_model', whySwitchedOff(route));
  const policy = strict && unmet === 'min-score' ? ' The policy is strict.' : '';
  const [only] = considered;
  if (considered.length === 1 && only !== undefined) {
    const why = [only.removedBy, only.detail].filter((part) => part !== undefined).join(': ');
    return new GatewayError('no_eligible_model', `${only.modelId} cannot serve this request; ${why}.${policy}`);
  }
  const example = nearestMiss(considered.filter((c) => c.removedBy === unmet));
  const text = example?.detail === undefined ? '' : ` For example ${example.modelId}: ${example.detail}.`;
  return new GatewayError(
    'no_eligible_model',
    `None of ${considered.length} models can serve this request: removed ${removals(considered)}.${text}${policy}`,
  );
}

function whySwitchedOff(route: Route): string {
  if (route.kind === 'auto') {
    return 'No provider is switched on. Set a provider key (OPENAI_API_KEY, ...) or start without any to use the emulator.';
  }
  const providers = [...new Set(route.models.map((model) => model.provider))].join(', ');
  const models = route.models.map((model) => model.id).join(', ');
  return `${models} cannot be asked: ${providers} is not switched on here, which usually takes its key. GET /v1/models lists what can be named, "auto" lets the router choose.`;
}

function removals(considered: readonly CandidateRecord[]): string {
  const counts = new Map<string, number>();
  for (const { removedBy } of considered) if (removedBy) counts.set(removedBy, (counts.get(removedBy) ?? 0) + 1);
  return [...counts].map(([removal, count]) => `${count} by ${removal}`).join(', ');
}

/** The cheapest shows best how far a ceiling is from what is to be had; without costs the first will do. */
function nearestMiss(removed: readonly CandidateRecord[]): CandidateRecord | undefined {
  const costOf = (c: CandidateRecord) => c.expectedCostNanoUsd ?? Number.POSITIVE_INFINITY;
  return removed.reduce<CandidateRecord | undefined>(
    (nearest, c) => (nearest === undefined || costOf(c) < costOf(nearest) ? c : nearest),
    undefined,
  );
}
