const DAY_MS = 86_400_000;

const utcDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export const PERIODS = ['today', '7', '30', '90', 'custom'] as const;

/** The filters a page needs for <PeriodPicker>: `useFilters({ ...PERIOD_FILTERS, ... })`. */
export const PERIOD_FILTERS = { period: '30', from: undefined, to: undefined } as const;

export type PeriodFilters = { period: string; from: string | undefined; to: string | undefined };

/** UTC days: `from` included, `to` not, as the API wants them. */
export function daysOf({ period, from, to }: PeriodFilters, nowMs: number): { from: string; to: string } {
  const tomorrow = utcDay(nowMs + DAY_MS);
  if (period === 'custom' && from !== undefined) {
    return { from, to: to === undefined ? tomorrow : utcDay(Date.parse(to) + DAY_MS) };
  }
  const days = period === 'today' ? 1 : Number(period) || 30;
  return { from: utcDay(nowMs - (days - 1) * DAY_MS), to: tomorrow };
}
