/** The last second of a UTC day (`YYYY-MM-DD`), as the API takes it. */
export const endOfDay = (day: string): string => `${day}T23:59:59Z`;

/** The UTC day of an instant; empty where there is none. */
export const dayOf = (instant: string | undefined): string => instant?.slice(0, 10) ?? '';
