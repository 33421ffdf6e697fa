import { useSearch } from '@tanstack/react-router';
import { useMe } from './session.ts';

export type SeenClient = {
  /** The client whose data is shown; undefined: all of them together. */
  clientId: string | undefined;
  /** Whether this person may look at any client. */
  seesAll: boolean;
  /** Whether this person may change what belongs to `clientId`. */
  canChange: boolean;
};

/** The client whose data is looked at: a client's people see theirs, those who see all choose with `?client=`. */
export function useClient(): SeenClient {
  const me = useMe();
  const { client } = useSearch({ strict: false }) as { client?: string };
  const seesAll = me.role === 'operator' || me.role === 'customer-success';
  const clientId = seesAll ? client : me.clientId;
  const canChange = me.role === 'operator' || (me.role === 'client-owner' && clientId === me.clientId);
  return { clientId, seesAll, canChange };
}
