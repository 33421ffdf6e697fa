import type {
  CandidateRecord,
  Dimension,
  FloorRecord,
  MinScores,
  ModelEstimate,
  NanoUsd,
  Policy,
  Reason,
  Removal,
} from '@pointsman/contracts';
import type { FloorTerms } from './floor-terms.ts';

export type Candidate = {
  modelId: string;
  /** Set when the model cannot serve this request at all. */
  removedBy?: Removal | undefined;
  detail?: string | undefined;
  estimate?: ModelEstimate | undefined;
  expectedCostNanoUsd?: NanoUsd | undefined;
  /** Live 95th percentile; absent until this node has seen enough replies. */
  latencyP95Ms?: number | undefined;
  /** Overall score on average, blind to the request; given where a floor may have to ask for the strongest model. */
  blindMean?: number | undefined;
};

export type ChoiceRules = {
  kind: Policy['kind'];
  risk: number;
  minScores: MinScores;
  /** Lowest acceptable overall mean as a share of the best one's; absent when none is asked for. */
  minShareOfBest?: number | undefined;
  weights: Partial<Record<Dimension, number>>;
  maxCostNanoUsd?: NanoUsd | undefined;
  maxLatencyMs?: number | undefined;
  strict: boolean;
  /** Dual price of the paced budget: how much score one nano-dollar must buy. 0 when nothing is paced. */
  scorePerNanoUsd: number;
  /** How the policy's floor stands for this request; absent when it has none. */
  floor?: FloorTerms | undefined;
};

/** The model a conversation has been on, and what leaving it costs. */
export type SessionState = {
  modelId: string;
  /** The last messages are tool results: a switch would hand them to a model that asked for nothing. */
  inToolLoop: boolean;
  /** What the provider's prompt cache saves on this request, lost by leaving. */
  lostCacheNanoUsd: NanoUsd;
};

/** What became of the policy's floor, and the model that stands in where the promise asks for it. */
export type FloorChoice = { record: FloorRecord; strongest: string | undefined };

export type Choice =
  | {
      kind: 'chosen';
      reason: Reason;
      plan: readonly [string, ...string[]];
      considered: readonly CandidateRecord[];
      /** Under a policy with a floor. */
      floor?: FloorChoice | undefined;
    }
  | { kind: 'none'; unmet: Removal | undefined; considered: readonly CandidateRecord[] };
