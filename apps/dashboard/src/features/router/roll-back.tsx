import type { RouterView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { ConfirmButton, notifyDone, notifyFailed } from '../../components/index.ts';
import { useRollBack } from './queries.ts';

/** Back to what served before; nothing where nothing did. */
export function RollBack({ view: { rollBackTo } }: { view: RouterView }) {
  const { t } = useTranslation('router');
  const rollBack = useRollBack();
  if (rollBackTo === undefined) return null;
  const version = rollBackTo.version ?? t('rollBack.shipped');
  return (
    <ConfirmButton
      label={t('rollBack.label')}
      variant="default"
      loading={rollBack.isPending}
      question={t('rollBack.question', { version })}
      onConfirm={() =>
        rollBack.mutate(
          {},
          {
            onSuccess: () => notifyDone(t('rollBack.done', { version })),
            onError: notifyFailed(t('shell:action.failed')),
          },
        )
      }
    />
  );
}
