import { utcDay } from '@pointsman/contracts';

/** The first day of the UTC month of an instant in milliseconds since the epoch, `YYYY-MM-01`. */
export const utcMonthStart = (atMs: number): string => `${utcDay(atMs).slice(0, 7)}-01`;
