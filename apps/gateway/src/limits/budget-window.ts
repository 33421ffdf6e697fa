import { utcDay } from '@pointsman/contracts';
export type BudgetWindow = 'day' | 'month';

/** A UTC day or month. */
export type WindowSpan = {
  /** First UTC day, `YYYY-MM-DD`. */
  start: string;
  /** When the next window begins, in milliseconds since the epoch. */
  resetsAtMs: number;
};

/** The UTC day and month that contain `nowMs`. */
export function budgetWindows(nowMs: number): Record<BudgetWindow, WindowSpan> {
  const now = new Date(nowMs);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return {
    day: { start: utcDay(Date.UTC(year, month, day)), resetsAtMs: Date.UTC(year, month, day + 1) },
    month: { start: utcDay(Date.UTC(year, month, 1)), resetsAtMs: Date.UTC(year, month + 1, 1) },
  };
}
