import type { ModelDirectory } from '@pointsman/administration';
import type { ChatRequest, Decision } from '@pointsman/contracts';
import type { ProviderClient } from '@pointsman/providers';
import type { Manifest } from '@pointsman/router-model';
import type { Choice, PolicyCertificate } from '@pointsman/router-model/choice';
import type { ExactCache } from '../cache/exact-cache.ts';
import type { Budgets } from '../limits/budgets.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Authentication } from './authenticate.ts';
import type { CandidateSources } from './list-candidates.ts';
import type { QualityPrediction, QualitySource } from './predict-quality.ts';

/** What a conversation was last served by. */
export type SessionMemory = {
  modelId: string;
  provider: string;
  inputTokens: number;
  outputTokens: number;
  atMs: number;
};

export type Sessions = {
  find(key: string): SessionMemory | undefined;
  remember(key: string, memory: SessionMemory): void;
};

export type LatencyTracker = {
  observe(modelId: string, totalMs: number): void;
  p95Ms(modelId: string): number | undefined;
};

/** Turns a month's budget into the price, in score per nano-dollar, that makes it last and be used. */
export type Pacing = {
  scorePerNanoUsd(pace: PacedPolicy): number;
  observe(pace: PacedPolicy, costNanoUsd: number): void;
};
export type PacedPolicy = { clientId: string; policy: string; monthlyBudgetNanoUsd: number };

/** A routed request as a second artefact sees it, after it has ended. */
export type ShadowQuestion = {
  decision: Pick<Decision, 'id' | 'at' | 'clientId' | 'policy'>;
  request: ChatRequest;
  /** What the artefact in use said. */
  prediction: QualityPrediction;
  /** The choice on a prediction, sessions aside: they hold on to what was chosen before. */
  chooseOn(prediction: QualityPrediction): Choice;
};

/** A second artefact that predicts and does not choose. */
export type Shadow = {
  /** Whether it is asked about this request: never while there is none, else about its share of them. */
  wants(decisionId: string): boolean;
  /** Never throws and keeps nobody waiting. */
  ask(question: ShadowQuestion): void;
};

/** An answered request that was drawn for people to rate. */
export type DrawnRequest = {
  decision: Decision;
  request: ChatRequest;
  /** Days after which what is stored of it is erased. */
  retentionDays: number;
  /** The chat.completion as JSON text; undefined when it is not whole. Not called before the reply is out. */
  completion(): string | undefined;
};

/** Where drawn requests go. */
export type SampleSink = {
  /** Never throws and keeps nobody waiting. */
  offer(drawn: DrawnRequest): void;
};

/** Everything a request needs from outside; built once in `dependencies.ts`. */
export type PipelineDependencies = Authentication & {
  now(): number;
  /** Monotonic milliseconds, for durations. */
  elapsedMs(): number;
  directory(): ModelDirectory;
  assessRequest: CandidateSources['assessRequest'];
  quality: QualitySource;
  manifest(): Manifest | undefined;
  /** The latest certificate for a policy's floor: the client's own, else the one that holds for everybody. */
  findCertificate(clientId: string, policy: string): PolicyCertificate | undefined;
  rateLimits: RateLimits;
  budgets: Budgets;
  cache: ExactCache;
  sessions: Sessions;
  latencies: LatencyTracker;
  pacing: Pacing;
  providers: ProviderClient;
  emulated: boolean;
  record(decision: Decision): void;
  shadow: Shadow;
  samples: SampleSink;
};
