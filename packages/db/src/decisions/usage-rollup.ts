import { type Cost, type Decision, type DecisionOutcome, utcDay } from '@pointsman/contracts';
import type { usageRollups } from '../schema.ts';
import { utcMonthStart } from '../utc-month-start.ts';

export type UsageRollup = typeof usageRollups.$inferSelect;

export type BudgetSettlement = {
  clientId: string;
  windowKind: 'day' | 'month';
  windowStart: string;
  spentNanoUsd: number;
  unknownCostCount: number;
};

// Key columns come from requests as well as from the catalogue: none may outgrow an index entry.
const LONGEST_KEY = 200;
const keyText = (text: string | undefined): string => (text ?? '').slice(0, LONGEST_KEY);

/** Whether tokens were used that nobody reported. Refusals and cached replies use none; a failure's are not known to anyone. */
export function hasUnknownUsage({ outcome, endpoint, usage }: Decision): boolean {
  if (outcome !== 'answered' && outcome !== 'abandoned') return false;
  return usage.inputTokens === undefined || (endpoint !== 'embeddings' && usage.outputTokens === undefined);
}

const costIf = (cost: Cost, status: 'exact' | 'estimated'): number => (cost.status === status ? cost.nanoUsd : 0);
const countIf = (condition: boolean): number => (condition ? 1 : 0);
const outcomeIf = (decision: Decision, outcome: DecisionOutcome): number => countIf(decision.outcome === outcome);

function rollupOf(decision: Decision): UsageRollup {
  const { usage, cost } = decision;
  return {
    day: utcDay(Date.parse(decision.at)),
    clientId: keyText(decision.clientId),
    modelId: keyText(decision.modelId),
    domain: keyText(decision.domain),
    policy: keyText(decision.policy),
    answered: outcomeIf(decision, 'answered'),
    cached: outcomeIf(decision, 'cached'),
    refused: outcomeIf(decision, 'refused'),
    failed: outcomeIf(decision, 'failed'),
    abandoned: outcomeIf(decision, 'abandoned'),
    inputTokens: usage.inputTokens ?? 0,
    cachedInputTokens: usage.cachedInputTokens ?? 0,
    cacheWriteTokens: usage.cacheWriteTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    reasoningTokens: usage.reasoningTokens ?? 0,
    unknownUsageCount: countIf(hasUnknownUsage(decision)),
    exactCostNanoUsd: costIf(cost, 'exact'),
    estimatedCostNanoUsd: costIf(cost, 'estimated'),
    estimatedCostCount: countIf(cost.status === 'estimated'),
    unknownCostCount: countIf(cost.status === 'unknown'),
  };
}

type Summable = Record<string, string | number>;

/** Adds the numeric fields of rows that share every text field. Sorted by key: writers that lock in one order never deadlock. */
function sumByKey<T extends Summable>(rows: readonly T[]): T[] {
  const [first] = rows;
  if (first === undefined) return [];
  const texts = Object.keys(first).filter((field) => typeof first[field] === 'string');
  const numbers = Object.keys(first).filter((field) => typeof first[field] === 'number');
  const sums = new Map<string, Summable>();
  for (const row of rows) {
    const key = texts.map((field) => row[field]).join('\u0000');
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { ...row });
    else for (const field of numbers) sum[field] = Number(sum[field]) + Number(row[field]);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum as T);
}

/** What a set of decisions adds to the usage rollups. */
export const rollUpUsage = (decisions: readonly Decision[]): UsageRollup[] => sumByKey(decisions.map(rollupOf));

/** What a set of decisions adds to their clients' budget windows. Unknown costs are counted, not added. */
export const settleBudgets = (decisions: readonly Decision[]): BudgetSettlement[] =>
  sumByKey(
    decisions.flatMap((decision) => {
      const at = Date.parse(decision.at);
      const added = {
        clientId: keyText(decision.clientId),
        spentNanoUsd: decision.cost.status === 'unknown' ? 0 : decision.cost.nanoUsd,
        unknownCostCount: countIf(decision.cost.status === 'unknown'),
      };
      return [
        { ...added, windowKind: 'day' as const, windowStart: utcDay(at) },
        { ...added, windowKind: 'month' as const, windowStart: utcMonthStart(at) },
      ];
    }),
  );
