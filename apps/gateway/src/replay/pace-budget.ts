import type { RecordedRequest } from './recorded-request.ts';
import type { ReplayGround, ReplayTerms } from './replay-ground.ts';
import { replayInSteps } from './replay-policy.ts';

/** Requests that the price is sought on: its error is then far below that of what it leads to. */
const MOST_REQUESTS = 200;
const HALVINGS = 24;
/** One score point a nano-dollar: only the cheapest is worth its cost, as when a budget is spent. */
const DEAREST = 1;

type Paced = {
  terms: ReplayTerms;
  present: ReplayTerms;
  ground: ReplayGround;
  requestsPerMonth: number;
  pause(): Promise<void>;
};

/**
 * The terms of a policy with a monthly budget at the price per score that makes the budget last the month and be used: what
 * online pacing comes to in the long run. Other policies' terms come back as they are.
 */
export async function paceBudget(
  requests: readonly RecordedRequest[],
  { terms, present, ground, requestsPerMonth, pause }: Paced,
): Promise<ReplayTerms> {
  const { kind, monthlyBudgetUsd } = terms.policy;
  if (kind !== 'maximise-quality' || monthlyBudgetUsd === undefined || requestsPerMonth === 0) return terms;
  const step = Math.max(1, Math.ceil(requests.length / MOST_REQUESTS));
  const some = requests.filter((_, index) => index % step === 0);
  const atMost = (monthlyBudgetUsd * 1e9) / requestsPerMonth;
  const isWithin = async (scorePerNanoUsd: number): Promise<boolean> => {
    const choices = await replayInSteps(some, { terms: { ...terms, scorePerNanoUsd }, present, ground }, pause);
    const spent = choices.reduce((sum, { served }) => sum + (served?.costNanoUsd ?? 0), 0);
    return spent <= atMost * some.length;
  };
  if (await isWithin(0)) return terms;
  // Prices lie many powers of ten apart, so that the search halves their logarithm.
  let [low, high] = [Math.log(1e-15), Math.log(DEAREST)];
  for (let turn = 0; turn < HALVINGS; turn += 1) {
    const middle = (low + high) / 2;
    if (await isWithin(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return { ...terms, scorePerNanoUsd: Math.exp(high) };
}
