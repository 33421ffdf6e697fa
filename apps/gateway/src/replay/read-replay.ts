import {
  type Client,
  type Decision,
  GatewayError,
  type Policy,
  type PolicyReplay,
  REPLAY_SKIPS,
  type ReplaySkip,
  utcDay,
} from '@pointsman/contracts';
import type { EffectivePolicy, Repositories } from '@pointsman/db';
import { estimateFor } from '@pointsman/router-model';
import type { PipelineDependencies } from '../pipeline/pipeline-dependencies.ts';
import { compareChoices } from './compare-choices.ts';
import { explainDifferences } from './explain-differences.ts';
import { measureChoice, yardstickOf } from './measure-choices.ts';
import { paceBudget } from './pace-budget.ts';
import { type RecordedRequest, readRequest, skipOf } from './recorded-request.ts';
import { type ReplayGround, type ReplayTerms, termsOf } from './replay-ground.ts';
import { type ReplayedChoice, replayInSteps } from './replay-policy.ts';

export type ReplayQuestion = {
  client: Client;
  policy: Policy;
  /** The policy whose requests are replayed; see `PolicyReplayRequest`. */
  trafficOf: string | undefined;
  days: number;
  sample: number;
};

export type ReplaySources = {
  repositories: Pick<Repositories, 'decisions' | 'policies' | 'rollups'>;
  pipeline: Pick<PipelineDependencies, 'now' | 'directory' | 'manifest' | 'findCertificate'>;
  /** Lets others have their turn: replaying takes some tenths of a second of the thread that serves requests. */
  pause(): Promise<void>;
};

const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 30;
/** Of a client whose other policies have far more requests, no more records than this are looked at. */
const MOST_LOOKED_AT = 40_000;
/** Decoding so many records takes about ten milliseconds. */
const RECORDS_AT_ONCE = 50;

/** Replays a client's last requests under a policy as it would be and as it is. @throws GatewayError `not_found`. */
export async function readReplay(question: ReplayQuestion, sources: ReplaySources): Promise<PolicyReplay> {
  const { client, policy, days } = question;
  const nowMs = sources.pipeline.now();
  const period = { fromMs: Math.floor(nowMs / DAY_MS) * DAY_MS - (days - 1) * DAY_MS, toMs: nowMs };
  const traffic = await findTraffic(question, sources);
  const trafficOf = traffic.policy.name;
  const counted = await countRequests({ clientId: client.id, trafficOf, ...period }, sources);
  const share = Math.min(1, question.sample / counted.ofPolicy, MOST_LOOKED_AT / counted.ofClient);
  const ground = groundOf(client, traffic, sources);
  const portions = Math.max(1, Math.ceil((share * counted.ofPolicy) / RECORDS_AT_ONCE));
  const sampling = { clientId: client.id, policy: trafficOf, ...period, share };
  const sample = await readSample(sampling, { portions, ground, sources });
  const months = (period.toMs - period.fromMs) / (DAYS_PER_MONTH * DAY_MS);
  const usedShare = sample.sampled === 0 ? 0 : sample.requests.length / sample.sampled;
  const requestsPerMonth = (counted.ofPolicy * usedShare) / months;
  return {
    clientId: client.id,
    policy: policy.name,
    trafficOf,
    from: new Date(period.fromMs).toISOString(),
    to: new Date(period.toMs).toISOString(),
    requests: counted.ofPolicy,
    sampled: sample.sampled,
    used: sample.requests.length,
    skipped: sample.skipped,
    ...(await replayBoth(sample.requests, {
      policy,
      ground: { ...ground, seenEarlier: seenEarlierIn(sample.requests) },
      requestsPerMonth,
      pause: sources.pause,
    })),
    policyChangedAt: traffic.changedAt,
  };
}

/** The policy, as it is now, whose requests are to be replayed. */
async function findTraffic(
  { client, policy, trafficOf }: ReplayQuestion,
  { repositories }: ReplaySources,
): Promise<EffectivePolicy> {
  const entries = await repositories.policies.effectiveEntries(client.id);
  const named = (name: string) => entries.find((entry) => entry.policy.name === name);
  const found = trafficOf === undefined ? (named(policy.name) ?? named(client.policy)) : named(trafficOf);
  if (found !== undefined) return found;
  const name = trafficOf ?? client.policy;
  throw new GatewayError('not_found', `There is no policy "${name}" for ${client.name}.`, { param: 'trafficOf' });
}

async function countRequests(
  { clientId, trafficOf, fromMs, toMs }: { clientId: string; trafficOf: string; fromMs: number; toMs: number },
  { repositories }: ReplaySources,
): Promise<{ ofPolicy: number; ofClient: number }> {
  const days = { from: utcDay(fromMs), to: utcDay(toMs + DAY_MS) };
  const rows = await repositories.rollups.sums({ clientId, ...days, by: ['policy'] });
  return {
    ofPolicy: rows.find(({ key }) => key.policy === trafficOf)?.requests ?? 0,
    ofClient: rows.reduce((sum, { requests }) => sum + requests, 0),
  };
}

function groundOf(client: Client, { policy, changedAt }: EffectivePolicy, { pipeline }: ReplaySources): ReplayGround {
  const manifest = pipeline.manifest();
  return {
    client,
    models: pipeline.directory().autoModels,
    policy,
    policyChangedMs: Date.parse(changedAt),
    seenEarlier: new Set(),
    averageOf: (model) => estimateFor(model, undefined, manifest),
    certificateOf: (name) => pipeline.findCertificate(client.id, name),
    routerVersion: manifest?.version ?? 'none',
  };
}

type Sample = { sampled: number; requests: RecordedRequest[]; skipped: PolicyReplay['skipped'] };
type Sampling = { clientId: string; policy: string; fromMs: number; toMs: number; share: number };

/** In portions of the period: each is decoded and let go before the next is asked for. */
async function readSample(
  sampling: Sampling,
  { portions, ground, sources }: { portions: number; ground: ReplayGround; sources: ReplaySources },
): Promise<Sample> {
  const requests: RecordedRequest[] = [];
  const skips = new Map<ReplaySkip, number>();
  const take = (decision: Decision) => {
    const why = skipOf(decision);
    if (why === undefined) requests.push(readRequest(decision, ground));
    else skips.set(why, (skips.get(why) ?? 0) + 1);
  };
  const lengthMs = Math.ceil((sampling.toMs - sampling.fromMs) / portions);
  for (let fromMs = sampling.fromMs; fromMs < sampling.toMs; fromMs += lengthMs) {
    const toMs = Math.min(fromMs + lengthMs, sampling.toMs);
    const decisions = await sources.repositories.decisions.sample({ ...sampling, fromMs, toMs });
    decisions.forEach(take);
    await sources.pause();
  }
  const skipped = REPLAY_SKIPS.flatMap((why) => {
    const count = skips.get(why);
    return count === undefined ? [] : [{ why, count }];
  });
  return { requests, skipped, sampled: requests.length + skipped.reduce((sum, { count }) => sum + count, 0) };
}

const seenEarlierIn = (requests: readonly RecordedRequest[]): ReadonlySet<string> =>
  new Set(requests.flatMap(({ isPolicySame, candidates }) => (isPolicySame ? [] : [...candidates.keys()])));

type Replaying = { policy: Policy; ground: ReplayGround; requestsPerMonth: number; pause(): Promise<void> };
type BothSides = Pick<PolicyReplay, 'now' | 'next' | 'change' | 'tooFew' | 'agreement' | 'newlyAllowed'>;

async function replayBoth(
  requests: readonly RecordedRequest[],
  { policy, ground, requestsPerMonth, pause }: Replaying,
): Promise<BothSides> {
  const unpaced = termsOf(ground.policy, ground);
  const replay = async (terms: ReplayTerms): Promise<ReplayedChoice[]> => {
    const paced = await paceBudget(requests, { terms, present: unpaced, ground, requestsPerMonth, pause });
    return replayInSteps(requests, { terms: paced, present: unpaced, ground }, pause);
  };
  const now = await replay(unpaced);
  const next = await replay(termsOf(policy, ground));
  const yardstick = yardstickOf(policy, ground.policy);
  const compared = requests.flatMap(({ group }, index) => {
    const [before, after] = [now[index], next[index]];
    if (before === undefined || after === undefined) return [];
    return [{ now: measureChoice(before, yardstick), next: measureChoice(after, yardstick), group }];
  });
  return {
    ...(await compareChoices(compared, requestsPerMonth, pause)),
    agreement: explainDifferences(requests, now, ground),
    newlyAllowed: countAveraged(next),
  };
}

/** By model, the requests that have no estimate of it. */
function countAveraged(choices: readonly ReplayedChoice[]): PolicyReplay['newlyAllowed'] {
  const counts = new Map<string, { estimated: number; unknown: number }>();
  const add = (modelId: string, by: 'estimated' | 'unknown') => {
    const count = counts.get(modelId) ?? { estimated: 0, unknown: 0 };
    count[by] += 1;
    counts.set(modelId, count);
  };
  for (const { averaged, unknown } of choices) {
    for (const modelId of averaged) add(modelId, 'estimated');
    for (const modelId of unknown) add(modelId, 'unknown');
  }
  return [...counts]
    .map(([modelId, count]) => ({ modelId, ...count }))
    .sort((a, b) => a.modelId.localeCompare(b.modelId));
}
