import { z } from 'zod';
import { nanoUsdSchema } from '../money.ts';

const windowSchema = z.object({
  /** First UTC day of the window. */
  windowStart: z.string(),
  resetsAt: z.string(),
  /** Absent: unlimited. */
  limitNanoUsd: nanoUsdSchema.optional(),
  spentNanoUsd: nanoUsdSchema,
  /** Leased by running gateways and not spent yet. */
  heldNanoUsd: nanoUsdSchema,
  /** Requests whose cost nobody knows: they are not in `spentNanoUsd`. */
  unknownCostCount: z.int().nonnegative(),
});

/** What the month will have cost at its end, if the coming days are like the last ones. */
export const spendForecastSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('forecast'),
    monthEndNanoUsd: nanoUsdSchema,
    /** 95 % prediction interval. */
    low: nanoUsdSchema,
    high: nanoUsdSchema,
    /** Whole days it stands on. */
    days: z.int(),
  }),
  z.object({ kind: z.literal('too-few'), days: z.int(), needed: z.int() }),
]);
export type SpendForecast = z.infer<typeof spendForecastSchema>;

/** A client's budgets: limits, what is spent and held, and where the month is heading. */
export const clientBudgetSchema = z.object({ day: windowSchema, month: windowSchema, forecast: spendForecastSchema });
export type ClientBudget = z.infer<typeof clientBudgetSchema>;
export type BudgetWindowView = z.infer<typeof windowSchema>;
