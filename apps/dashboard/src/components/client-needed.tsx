import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../app/use-client.ts';
import { Empty } from './query-state.tsx';

/** A page about one client: those who see all are asked to choose first. */
export function ClientNeeded({ children }: { children: (clientId: string) => ReactNode }) {
  const { t } = useTranslation();
  const { clientId } = useClient();
  if (clientId === undefined) {
    return (
      <Empty>
        <strong>{t('client.choose')}</strong>
        <br />
        {t('client.chooseText')}
      </Empty>
    );
  }
  return children(clientId);
}
