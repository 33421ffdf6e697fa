import type { Repositories, User } from '@pointsman/db';
import { actorOfUser } from './actor.ts';
import { recorded } from './record-changes.ts';

/** Somebody tried to come in. */
export type SignInAttempt = {
  /** As it was typed; absent where a provider of identities did not say. */
  email?: string | undefined;
  /** Who came in; absent when nobody did. */
  user: User | undefined;
  how: string;
};

export type SignInRecords = { record(attempt: SignInAttempt): Promise<void> };

/** Failures that one process writes one by one in a minute: strangers must not fill the database. */
const MOST_FAILURES = 60;
const WINDOW_MS = 60_000;

/** Records that somebody signed in, or tried to. What is too much to record one by one is counted. */
export function recordSignIns({ auditLog }: Pick<Repositories, 'auditLog'>, now: () => number): SignInRecords {
  let sinceMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  const refused = (actor: string, details: Record<string, unknown>) =>
    auditLog.add({ actor, action: 'sign-in', summary: 'Sign in', details }, { outcome: 'refused' });
  return {
    async record({ email, user, how }) {
      if (user !== undefined) {
        const entry = { ...recorded(actorOfUser(user)), action: 'sign-in', summary: 'Sign in', details: { how } };
        return auditLog.add(entry, { outcome: 'done' });
      }
      if (now() - sinceMs >= WINDOW_MS) {
        const uncounted = failures - MOST_FAILURES;
        sinceMs = now();
        failures = 0;
        if (uncounted > 0) await refused('several', { more: uncounted });
      }
      failures += 1;
      if (failures <= MOST_FAILURES) await refused(email?.trim().toLowerCase() ?? 'unknown', { how });
    },
  };
}
