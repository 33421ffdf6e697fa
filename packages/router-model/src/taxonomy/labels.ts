import { DOMAINS, TASKS } from '@pointsman/contracts';

/** Stands for every domain or task outside the closed lists, and for a request too unlike them to tell. */
export const UNKNOWN = 'unknown';

/** The classes of the domain and task heads, in order. */
export const DOMAIN_LABELS: readonly string[] = [...DOMAINS, UNKNOWN];
export const TASK_LABELS: readonly string[] = [...TASKS, UNKNOWN];
