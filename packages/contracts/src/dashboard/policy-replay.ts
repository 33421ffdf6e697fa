import { z } from 'zod';
import { policySchema } from '../constraints.ts';
import { floorSchema } from '../floor.ts';
import { figureSchema } from './overview.ts';

export const policyReplayRequestSchema = z.strictObject({
  client: z.string().describe('Client id or name: whose requests are replayed'),
  policy: policySchema.describe('The policy as it would be saved'),
  trafficOf: z
    .string()
    .optional()
    .describe(
      'The policy whose requests are replayed; that of the same name when absent, else the one the client uses',
    ),
  days: z.int().min(1).max(30).default(7).describe('UTC days back, today included'),
  sample: z.int().min(1).max(5000).default(2000).describe('Most requests to replay, drawn evenly over the period'),
});
export type PolicyReplayRequest = z.input<typeof policyReplayRequestSchema>;

/** Why a request of the sample says nothing about a policy: the closed list. */
export const REPLAY_SKIPS = [
  /** The caller named the model. */
  'model-named',
  /** It came from the cache, whatever the policy. */
  'cached',
  /** It was refused or failed before any model was considered. */
  'not-considered',
  /** No candidate of its record has an estimate. */
  'no-estimates',
] as const;
export type ReplaySkip = (typeof REPLAY_SKIPS)[number];

/** Why the policy as it is now would not choose what was chosen: the closed list, the first that applies. */
export const REPLAY_DIFFERENCES = [
  /** The policy was another when the request came. */
  'policy-changed-since',
  /** The session had its part in the choice; replays are without sessions. */
  'session',
  /** The model that was chosen is not on offer any more. */
  'model-gone',
  /** A budget is paced: what a dollar had to buy then is not what it has to buy on the whole. */
  'paced-budget',
  /** The floor's certificate or the router's artefact was another. */
  'floor-changed-since',
  /** None of these: estimates are kept to four decimals, and what a request asked of its own is only partly on record. */
  'other',
] as const;
export type ReplayDifference = (typeof REPLAY_DIFFERENCES)[number];

const shareOfModelSchema = z.object({ modelId: z.string(), share: figureSchema });

/** What a policy would make of the replayed requests. */
const replaySideSchema = z.object({
  /** Expected cost, at the lengths the replies really had where they are known. */
  costPerRequestNanoUsd: figureSchema,
  /** As many requests a month as the period had, per day. */
  costPerMonthNanoUsd: figureSchema,
  /** Mean estimated overall score, by the new policy's weights on both sides. */
  quality: figureSchema,
  /** Share expected below a minimum score: the new policy's minimums on both sides, the present ones where it has none. */
  belowMinimum: figureSchema,
  /** Mean of the chosen models' 95th percentiles, as they were when the requests came. */
  latencyP95Ms: figureSchema,
  /** Share for which no model would be found. */
  refused: figureSchema,
  /** The largest share first. */
  models: z.array(shareOfModelSchema),
});
export type ReplaySide = z.infer<typeof replaySideSchema>;

export const policyReplaySchema = z.object({
  clientId: z.string(),
  policy: z.string(),
  /** The policy whose requests were replayed. */
  trafficOf: z.string(),
  /** ISO instants: `from` included, `to` not. */
  from: z.string(),
  to: z.string(),
  /** Under that policy in the period, all of them. */
  requests: z.int(),
  sampled: z.int(),
  used: z.int(),
  skipped: z.array(z.object({ why: z.enum(REPLAY_SKIPS), count: z.int() })),
  /** Too few to tell anything: no interval is given. */
  tooFew: z.boolean(),
  /** The policy as it is now. */
  now: replaySideSchema,
  /** The policy as it would be. */
  next: replaySideSchema,
  /** `next` less `now`, of the same requests. */
  change: replaySideSchema.omit({ models: true }).extend({
    /** Share of requests that another model would answer. */
    otherModel: figureSchema,
  }),
  /** Models that the policy allows anew. `estimated`: requests for which their average stands in; `unknown`: for which nothing does. */
  newlyAllowed: z.array(z.object({ modelId: z.string(), estimated: z.int(), unknown: z.int() })),
  /** How often the policy as it is now, replayed, chooses what was really chosen. */
  agreement: z.object({
    share: figureSchema,
    differences: z.array(z.object({ why: z.enum(REPLAY_DIFFERENCES), count: z.int() })),
  }),
  /** When the policy last changed; absent for one that never did. */
  policyChangedAt: z.string().optional(),
});
export type PolicyReplay = z.infer<typeof policyReplaySchema>;

/** A policy that a client's requests can go by. */
export const clientPolicySchema = z.object({
  policy: policySchema,
  /** Of every client that has none of this name of its own. */
  isGlobal: z.boolean(),
  changedAt: z.string(),
  /** What `auto` uses. */
  isDefault: z.boolean(),
});
export type ClientPolicy = z.infer<typeof clientPolicySchema>;

/** A floor's certificate, as far as people read it. */
export const certificateViewSchema = z.object({
  id: z.string(),
  status: z.enum(['active', 'expired', 'revoked']),
  /** Why it is not active any more. */
  why: z.string().optional(),
  issuedAt: z.string(),
  routerVersion: z.string(),
  /** Issued for every client that has none of its own. */
  isGlobal: z.boolean(),
  floor: floorSchema,
  strongest: z.string(),
  requests: z.int(),
  /** Shares of the strongest model's quality, or of requests below the score; intervals at the floor's confidence. */
  delivered: figureSchema,
  /** Share of the strongest model's cost. */
  saving: figureSchema,
  domains: z.array(z.object({ domain: z.string(), certified: z.boolean() })),
  assumptions: z.array(z.string()),
});
export type CertificateView = z.infer<typeof certificateViewSchema>;
