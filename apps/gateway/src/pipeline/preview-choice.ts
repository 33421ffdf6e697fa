import type { CandidateRecord, GatewayError, Reason } from '@pointsman/contracts';
import type { Caller } from './authenticate.ts';
import { factsOf } from './handle-chat-completion.ts';
import { parseChatRequest } from './parse-chat-request.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';
import type { QualityPrediction } from './predict-quality.ts';
import { resolveRoute } from './resolve-route.ts';
import { selectModels } from './select-models.ts';

/** What would happen to a request if it came now. */
export type ChoicePreview = {
  policy: string;
  inputTokens: number;
  considered: readonly CandidateRecord[];
  prediction: QualityPrediction;
  choice:
    | { kind: 'chosen'; reason: Reason; plan: readonly string[]; expectedCostNanoUsd: number }
    | { kind: 'none'; error: GatewayError };
};

/**
 * Chooses as a chat completion would, sessions and cache aside, and stops there: nothing is called, booked or recorded.
 * @throws GatewayError `invalid_request`, `model_not_found`.
 */
export async function previewChoice(caller: Caller, body: string, deps: PipelineDependencies): Promise<ChoicePreview> {
  const parsed = parseChatRequest(body);
  const facts = factsOf(parsed, deps);
  const route = resolveRoute(parsed, caller, deps.directory().catalog);
  const result = await selectModels({ parsed, facts, route, caller, session: undefined }, deps);
  const common = { policy: route.policy.name, inputTokens: facts.inputTokens };
  if (result.kind === 'none') {
    const { considered, prediction, error } = result;
    return { ...common, considered, prediction, choice: { kind: 'none', error } };
  }
  const { considered, prediction, reason, plan, expectedCostNanoUsd } = result.selection;
  const models = plan.map(({ model }) => model.id);
  return { ...common, considered, prediction, choice: { kind: 'chosen', reason, plan: models, expectedCostNanoUsd } };
}
