import type { PolicyReplay, ReplayDifference } from '@pointsman/contracts';
import { REPLAY_DIFFERENCES } from '@pointsman/contracts';
import { shareFigure } from './compare-choices.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { ReplayGround } from './replay-ground.ts';
import type { ReplayedChoice } from './replay-policy.ts';

const OF_SESSIONS = new Set(['session-sticky', 'session-switched', 'tool-loop']);

/** How often the policy as it is now chooses again what was chosen first, and why it does not where it does not. */
export function explainDifferences(
  requests: readonly RecordedRequest[],
  replayed: readonly ReplayedChoice[],
  ground: ReplayGround,
): PolicyReplay['agreement'] {
  const counts = new Map<ReplayDifference, number>();
  for (const [index, request] of requests.entries()) {
    if (replayed[index]?.served?.modelId === request.firstChoice) continue;
    const why = whyOf(request, ground);
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const differences = REPLAY_DIFFERENCES.flatMap((why) => {
    const count = counts.get(why);
    return count === undefined ? [] : [{ why, count }];
  });
  const differing = differences.reduce((sum, { count }) => sum + count, 0);
  return { share: shareFigure(requests.length - differing, requests.length), differences };
}

function whyOf(request: RecordedRequest, { policy, models }: ReplayGround): ReplayDifference {
  if (!request.isPolicySame) return 'policy-changed-since';
  if (OF_SESSIONS.has(request.reason)) return 'session';
  const { firstChoice } = request;
  if (firstChoice !== undefined && !models.some(({ id }) => id === firstChoice)) return 'model-gone';
  if (policy.kind === 'maximise-quality' && policy.monthlyBudgetUsd !== undefined) return 'paced-budget';
  return policy.floor === undefined ? 'other' : 'floor-changed-since';
}
