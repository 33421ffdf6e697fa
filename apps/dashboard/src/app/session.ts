import type { Me } from '@pointsman/contracts';
import { createContext, useContext } from 'react';

export const SessionContext = createContext<Me | undefined>(undefined);

/** Who is signed in. Only pages that are not public may ask. */
export function useMe(): Me {
  const me = useContext(SessionContext);
  if (me === undefined) throw new Error('useMe: nobody is signed in on a public page');
  return me;
}
