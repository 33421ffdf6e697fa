import type { RouterActivation, RouterRollBack, RouterView } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

const stale = ['/router'];
/** A gateway follows a change within a second. */
const FOLLOW_MS = 1_000;

/** Asks again for as long as this gateway has not loaded what should serve. */
export function useRouter() {
  const router = useApi<RouterView>('/router');
  const { data } = router;
  const follows = data !== undefined && data.loaded !== data.served;
  useApi<RouterView>('/router', { enabled: follows, everyMs: FOLLOW_MS });
  return router;
}

export const useActivate = () =>
  useChange<RouterActivation, RouterView>({
    method: 'POST',
    path: () => '/router/activate',
    body: (activation) => activation,
    stale,
  });
export const useRollBack = () =>
  useChange<RouterRollBack, RouterView>({
    method: 'POST',
    path: () => '/router/roll-back',
    body: (reason) => reason,
    stale,
  });
