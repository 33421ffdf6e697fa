/** The UTC day of an instant, `YYYY-MM-DD`. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);

/** The first day of the UTC month of an instant, `YYYY-MM-01`. */
export const utcMonthStart = (at: Date): string => `${at.toISOString().slice(0, 7)}-01`;
