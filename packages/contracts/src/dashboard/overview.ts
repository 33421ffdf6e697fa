import { z } from 'zod';
import { outcomeSchema } from '../decision.ts';

/** What the overview can be broken down by. `client`: only for those who see all clients. */
export const OVERVIEW_GROUPINGS = ['model', 'domain', 'task', 'policy', 'key', 'tag', 'client'] as const;
export const overviewGroupingSchema = z.enum(OVERVIEW_GROUPINGS);
export type OverviewGrouping = z.infer<typeof overviewGroupingSchema>;

/**
 * A number read from `count` decisions. `value` is absent when nobody knows it; `interval` (95 %) when there are too few to
 * say how far it may be off.
 */
export const figureSchema = z.object({
  value: z.number().optional(),
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
  count: z.number(),
});
export type Figure = z.infer<typeof figureSchema>;

const latencySchema = z.object({
  /** Over answered requests, in milliseconds. */
  mean: z.number().optional(),
  p50: figureSchema,
  p95: figureSchema,
  /** Over streamed ones. */
  firstTokenMean: z.number().optional(),
  firstTokenP50: figureSchema,
  firstTokenP95: figureSchema,
});

export const overviewFiguresSchema = z.object({
  requests: z.number(),
  outcomes: z.record(outcomeSchema, z.number()),
  /** Amounts in nano-USD; requests whose cost nobody could tell are in neither. */
  spend: z.object({ exactNanoUsd: z.number(), estimatedNanoUsd: z.number(), unknownCount: z.number() }),
  tokens: z.object({ input: z.number(), cachedInput: z.number(), output: z.number(), unknownCount: z.number() }),
  /**
   * Mean estimated overall score of the served models, in [0, 1]. The interval takes the errors of single estimates as
   * independent: it does not cover a bias that the router's estimates have in common.
   */
  quality: figureSchema,
  /** Against the strongest model that could have served each request; only of requests where both costs are known. */
  saved: z.object({
    nanoUsd: figureSchema,
    /** Of what the strongest would have cost. */
    share: figureSchema,
    strongestNanoUsd: z.number(),
    paidNanoUsd: z.number(),
  }),
  /** Share for which a strictly cheaper model would have met the minimum scores, as far as the router can tell. */
  oversized: figureSchema,
  /** Share whose served model falls below a minimum score, as far as the router can tell. */
  undersized: figureSchema,
  /** Share of the requests that were not refused and failed. */
  errors: figureSchema,
});
export type OverviewFigures = z.infer<typeof overviewFiguresSchema>;

/** A whole period: figures, latency and what people said. */
export const overviewTotalsSchema = overviewFiguresSchema.extend({
  latency: latencySchema,
  /** Share of feedback that approves: thumbs up, or scores of a half and more. */
  approval: figureSchema,
});
export type OverviewTotals = z.infer<typeof overviewTotalsSchema>;

/** UTC days, `YYYY-MM-DD`: `from` included, `to` not. */
const daysSchema = { from: z.iso.date(), to: z.iso.date() };

export const overviewSchema = z.object({
  ...daysSchema,
  totals: overviewTotalsSchema,
  /** The days right before, as many; absent unless asked for. */
  previous: z.object({ ...daysSchema, totals: overviewTotalsSchema }).optional(),
  /** Every day of the period, in order. */
  series: z.array(overviewFiguresSchema.extend({ day: z.iso.date() })),
  by: overviewGroupingSchema,
  /** The dearest first, at most 200. Of tags a request may have several, so that their sums exceed the total. */
  rows: z.array(
    overviewFiguresSchema.extend({
      /** '' for decisions that have none; for tags: those beyond the hundred that a day keeps apart. */
      key: z.string(),
      /** The name of a key or client. */
      name: z.string().optional(),
      meanLatencyMs: z.number().optional(),
      /** By model only. */
      latency: latencySchema.optional(),
    }),
  ),
  /** Rows that were left out. */
  moreRows: z.number(),
});
export type Overview = z.infer<typeof overviewSchema>;
export type OverviewRow = Overview['rows'][number];
export type OverviewDay = Overview['series'][number];
export type OverviewLatency = z.infer<typeof latencySchema>;
