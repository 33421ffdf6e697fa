import { z } from 'zod';
import { failureKindSchema } from '../decision.ts';
import { runStatusSchema } from '../evaluation.ts';
import { nanoUsdSchema } from '../money.ts';
import { figureSchema } from './overview.ts';

const countSchema = z.int().nonnegative();

export const BREAKER_STATES = ['closed', 'half-open', 'open'] as const;
export const breakerStateSchema = z.enum(BREAKER_STATES);
export type BreakerState = z.infer<typeof breakerStateSchema>;

/** How one provider has done for one gateway lately. */
export const providerHealthSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `emulated`: the provider emulator answers for it; `off`: no key is configured, its models cannot be called. */
  source: z.enum(['configured', 'emulated', 'off']),
  /** For operators: where its key comes from, or what it lacks. Absent while the emulator answers. */
  why: z.string().optional(),
  /** Of the catalogue, callable or not. */
  models: countSchema,
  /** The worst of its models' circuits. */
  breaker: breakerStateSchema,
  /** Models whose circuit is not closed. */
  circuits: z.array(z.object({ modelId: z.string(), state: breakerStateSchema })),
  /** Calls, not requests: each try counts. */
  lastHour: z.object({
    calls: countSchema,
    answered: countSchema,
    failed: countSchema,
    /** The caller went away. */
    abandoned: countSchema,
    /** Not made, because the circuit was open: they are not among the calls. */
    heldBack: countSchema,
    /** Share of the calls that failed. */
    errors: figureSchema,
    /** Whole time of answered calls, in milliseconds. */
    latencyP50: figureSchema,
    latencyP95: figureSchema,
  }),
  /** The newest first. `internal`: a fault of ours. */
  failures: z.array(
    z.object({
      kind: z.union([failureKindSchema, z.literal('internal')]),
      count: countSchema,
      lastAt: z.iso.datetime(),
      lastModelId: z.string(),
      lastStatus: z.int().optional(),
      lastMessage: z.string().optional(),
    }),
  ),
  /** What its replies told of our allowance, by model; empty when they tell nothing. */
  limits: z.array(
    z.object({
      modelId: z.string(),
      unit: z.enum(['requests', 'tokens', 'input-tokens', 'output-tokens']),
      limit: z.number(),
      remaining: z.number(),
      toldAt: z.iso.datetime(),
    }),
  ),
});
export type ProviderHealth = z.infer<typeof providerHealthSchema>;

/** Providers as one gateway sees them: breakers and counts are in its memory. */
export const providersViewSchema = z.object({
  nodeId: z.string(),
  /** From when on calls are counted: an hour ago, or since the gateway started. */
  since: z.iso.datetime(),
  data: z.array(providerHealthSchema),
});
export type ProvidersView = z.infer<typeof providersViewSchema>;

export const nodeKindSchema = z.enum(['gateway', 'worker']);
export type NodeKind = z.infer<typeof nodeKindSchema>;

/** What a node tells of itself with each beat. */
export const nodeFactsSchema = z.object({
  rssBytes: countSchema,
  heapUsedBytes: countSchema,
  /** The 99th percentile of how late its timers were since the last time it was asked, in milliseconds. */
  eventLoopLagMs: z.number().nonnegative(),
  /** Decision records waiting in memory, on disk, and lost. */
  recorder: z.object({ queued: countSchema, spooled: countSchema, dropped: countSchema }).optional(),
  database: z
    .object({
      connections: countSchema,
      idle: countSchema,
      /** Queries that wait for a connection. */
      waiting: countSchema,
      most: countSchema,
      /** Of the latest small query; absent before the first. */
      latencyMs: z.number().nonnegative().optional(),
    })
    .optional(),
  redis: z.object({ state: z.enum(['off', 'up', 'down']), latencyMs: z.number().nonnegative().optional() }).optional(),
  /** Of the artefact it serves. */
  routerVersion: z.string().optional(),
  emulated: z.boolean().optional(),
  /** Evaluation runs it works on. */
  runs: z.array(z.string()).optional(),
  /** Calls to models under way, and those that wait for a provider's limits. */
  calls: z.object({ running: countSchema, waiting: countSchema }).optional(),
});
export type NodeFacts = z.infer<typeof nodeFactsSchema>;

export const nodeViewSchema = z.object({
  id: z.string(),
  kind: nodeKindSchema,
  version: z.string(),
  startedAt: z.iso.datetime(),
  beatAt: z.iso.datetime(),
  /** False: it has missed its beats, and did not say that it stops. */
  isAlive: z.boolean(),
  /** The gateway that answers. */
  isThis: z.boolean(),
  facts: nodeFactsSchema,
});
export type NodeView = z.infer<typeof nodeViewSchema>;
export const nodesViewSchema = z.object({ data: z.array(nodeViewSchema) });
export type NodesView = z.infer<typeof nodesViewSchema>;

export const runViewSchema = z.object({
  id: z.string(),
  status: runStatusSchema,
  benchmark: z.object({ name: z.string(), version: z.int() }),
  contestants: z.array(z.string()),
  judge: z.string(),
  emulated: z.boolean(),
  /** `doneLately`: in the last five minutes. */
  items: z.object({ total: countSchema, done: countSchema, doneLately: countSchema }),
  /** To models, by workers that are alive. */
  callsInFlight: countSchema,
  /** Workers that have such calls. */
  workers: countSchema,
  spentNanoUsd: nanoUsdSchema,
  /** Held for the calls in flight, at the most they can cost. */
  reservedNanoUsd: nanoUsdSchema,
  /** Absent: no ceiling was set. */
  maxCostNanoUsd: nanoUsdSchema.optional(),
  /** Replies whose cost nobody knows; they are not in `spentNanoUsd`. */
  unknownCosts: countSchema,
  /** Calls whose worker died before the reply was written down: perhaps paid. */
  lostCalls: countSchema,
  lostNanoUsd: nanoUsdSchema,
  /** Why it stopped, was cancelled or failed. */
  why: z.string().optional(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
});
export type RunView = z.infer<typeof runViewSchema>;

export const annotationQueueCountsSchema = z.object({
  batches: countSchema,
  items: countSchema,
  /** Items with every rating that is wanted. */
  itemsDone: countSchema,
  /** Items whose raters disagree and that no third person has decided. */
  disputed: countSchema,
  /** Items that somebody has before them. */
  held: countSchema,
});
export type AnnotationQueueCounts = z.infer<typeof annotationQueueCountsSchema>;

export const queuesViewSchema = z.object({
  /** Queued and running ones first, then the newest of the ended. */
  runs: z.array(runViewSchema),
  /** Over the open batches. */
  annotation: annotationQueueCountsSchema,
});
export type QueuesView = z.infer<typeof queuesViewSchema>;

/** What `GET /api/events` pushes: each a whole snapshot, under its name. */
export const EVENT_TOPICS = ['nodes', 'runs', 'providers'] as const;
export const eventTopicSchema = z.enum(EVENT_TOPICS);
export type EventTopic = z.infer<typeof eventTopicSchema>;
export type EventSnapshots = { nodes: NodesView; runs: QueuesView; providers: ProvidersView };

export const CLIENT_SORTS = ['name', 'spend', 'requests', 'created'] as const;

/** A client with its month so far. */
export const clientOverviewSchema = z.object({
  id: z.string(),
  name: z.string(),
  policy: z.string(),
  createdAt: z.string(),
  /** Absent: enabled. */
  disabledAt: z.string().optional(),
  requests: countSchema,
  /** Exact and estimated together; requests whose cost nobody knows are missing from it. */
  spendNanoUsd: nanoUsdSchema,
  unknownCosts: countSchema,
  /** Mean estimated overall score of what it was answered. */
  quality: figureSchema,
  errors: figureSchema,
  /** Of the month; absent: unlimited. */
  budgetNanoUsd: nanoUsdSchema.optional(),
});
export type ClientOverview = z.infer<typeof clientOverviewSchema>;
export const clientsViewSchema = z.object({
  /** First UTC day of the month. */
  month: z.iso.date(),
  total: countSchema,
  data: z.array(clientOverviewSchema),
});
export type ClientsView = z.infer<typeof clientsViewSchema>;
