import { z } from 'zod';
import { figureSchema } from './overview.ts';

const countSchema = z.int().nonnegative();

/** How good a router artefact was on held-out requests. Losses and their differences: smaller is better. */
export const routerMetricsSchema = z.object({
  requests: countSchema,
  /** SHA-256 of the rows it was measured on: reports on the same rows can be compared. */
  dataHash: z.string(),
  /** Over all sources, one per dimension. */
  dimensions: z.array(
    z.object({
      dimension: z.string(),
      requests: countSchema,
      logLoss: figureSchema,
      brier: figureSchema,
      auc: figureSchema,
      /** How far predictions are off on average, as a share of the scale. */
      calibrationError: figureSchema,
      /** Log loss less that of a ridge regression on hashed words, and of the averages of the true domain. */
      versusRidge: figureSchema,
      versusDomain: figureSchema,
    }),
  ),
  /** In the mode in which it serves: share of outcomes that lie in their nominal interval. */
  coverage: z.array(
    z.object({
      dimension: z.string(),
      nominal: z.number(),
      overall: figureSchema,
      worstDomain: z.object({ domain: z.string(), coverage: figureSchema }).optional(),
    }),
  ),
  /** Points of quality per request that reading it gains over the same choices shuffled; absent without pools. */
  choices: z.object({ learned: figureSchema, kindAverages: figureSchema, learnedVersusKinds: figureSchema }).optional(),
  /** Share of the strongest model's cost that is saved while aiming at a share of its quality. */
  savings: z.array(
    z.object({
      source: z.string(),
      strongest: z.string(),
      target: z.number(),
      saved: figureSchema,
      quality: figureSchema,
    }),
  ),
});
export type RouterMetrics = z.infer<typeof routerMetricsSchema>;

export const promotionViewSchema = z.object({
  kind: z.enum(['promote', 'hold']),
  mode: z.string(),
  reasons: z.array(z.string()),
});
export type PromotionView = z.infer<typeof promotionViewSchema>;

export const artefactViewSchema = z.object({
  /** What `POST /api/router/activate` takes; absent: it lies outside the store. */
  artefact: z.string().optional(),
  version: z.string(),
  /** The one that serves from now on, and the one that predicts without choosing. */
  isServed: z.boolean(),
  isShadow: z.boolean(),
  mode: z.string(),
  modeReason: z.string().optional(),
  /** The artefact this one was derived from by new answers. */
  parent: z.string().optional(),
  models: countSchema,
  kinds: countSchema,
  textEncoder: z.string().optional(),
  training: z.object({
    prompts: countSchema,
    dataHash: z.string(),
    sources: z.array(z.object({ name: z.string(), prompts: countSchema })),
  }),
  /** Share of held-out labelled prompts whose label, where one was given, was right. */
  recognition: z.object({ domains: figureSchema, tasks: figureSchema }).optional(),
  /** Absent: it was never evaluated. */
  metrics: routerMetricsSchema.optional(),
  /** What its stored report says about serving it instead of the one that serves; absent: no report says anything. */
  promotion: promotionViewSchema.optional(),
});
export type ArtefactView = z.infer<typeof artefactViewSchema>;

export const shadowViewSchema = z.object({
  version: z.string(),
  /** Of the routed requests that it sees. */
  share: z.number(),
  requests: countSchema,
  agreement: figureSchema,
  /** Expected cost per request in nano-USD, the shadow's less that of the one in use, and as a share of the latter. */
  costDifferenceNanoUsd: figureSchema,
  costShare: figureSchema,
  /** By how much the shadow thinks better of the model in use. */
  scoreDifference: figureSchema,
  /** The most frequent first. */
  disagreements: z.array(
    z.object({ modelId: z.string(), shadowModelId: z.string().optional(), requests: countSchema }),
  ),
});
export type ShadowView = z.infer<typeof shadowViewSchema>;

export const routerChangeViewSchema = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  action: z.enum(['used', 'promoted', 'forced', 'rolled-back']),
  /** What serves since; absent: the shipped artefact. */
  version: z.string().optional(),
  mode: z.string().optional(),
  reasons: z.array(z.string()),
});
export type RouterChangeView = z.infer<typeof routerChangeViewSchema>;

export const routerViewSchema = z.object({
  /** Why this artefact serves: `configured` by POINTSMAN_ROUTER_DIR, whatever is chosen; `chosen`; or `shipped`. */
  origin: z.enum(['configured', 'chosen', 'shipped']),
  served: z.string(),
  /** Of the artefact that this gateway has loaded; absent: none. It follows a change within a second. */
  loaded: z.string().optional(),
  /** What a roll-back would serve; absent: there is nothing to go back to. */
  rollBackTo: z.object({ version: z.string().optional() }).optional(),
  artefacts: z.array(artefactViewSchema),
  /** Folders of the store that hold no artefact, and why. */
  problems: z.array(z.object({ artefact: z.string(), problem: z.string() })),
  shadow: shadowViewSchema.optional(),
  /** The newest first. */
  history: z.array(routerChangeViewSchema),
});
export type RouterView = z.infer<typeof routerViewSchema>;

/** The name under which the artefact that ships with this version is activated. */
export const SHIPPED_ARTEFACT = 'shipped';

export const routerActivationSchema = z
  .strictObject({
    artefact: z.string().min(1).max(100).describe('Version of an artefact in the store, or "shipped"'),
    force: z.boolean().default(false).describe('Serve it although its stored report says hold, or it has none'),
    reason: z.string().trim().min(1).max(1000).optional().describe('Needed with force; kept in the history'),
  })
  .refine(({ force, reason }) => !force || reason !== undefined, {
    path: ['reason'],
    message: 'is needed to serve an artefact that is held',
  });
export type RouterActivation = z.input<typeof routerActivationSchema>;

export const routerRollBackSchema = z.strictObject({ reason: z.string().trim().min(1).max(1000).optional() });
export type RouterRollBack = z.infer<typeof routerRollBackSchema>;
