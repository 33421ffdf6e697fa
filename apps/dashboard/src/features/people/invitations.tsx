import { Badge } from '@mantine/core';
import type { Invitation } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, ConfirmButton, DataTable, notifyFailed, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { useInvitations, useWithdraw } from './queries.ts';

/** Who is invited, and what became of it. */
export function Invitations({ clientId }: { clientId: string | undefined }) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const query = useInvitations(true);
  const withdraw = useWithdraw();
  const matching = (data: readonly Invitation[]) =>
    data.filter((each) => clientId === undefined || each.clientId === clientId);
  const columns: Column<Invitation>[] = [
    { key: 'email', header: t('invite.email'), cell: ({ email }) => email },
    { key: 'role', header: t('column.role'), cell: ({ role }) => t(`shell:role.${role}`) },
    { key: 'client', header: t('column.client'), cell: ({ clientName }) => clientName ?? t('allClients') },
    { key: 'by', header: t('invitations.by'), cell: ({ invitedBy }) => invitedBy },
    {
      key: 'until',
      header: t('invitations.until'),
      cell: ({ expiresAt }) => <span className="number">{format.dateTime(expiresAt)}</span>,
    },
    {
      key: 'state',
      header: t('invitations.state'),
      cell: ({ state }) => (
        <Badge variant="default" miw="fit-content">
          {t(`state.${state}`)}
        </Badge>
      ),
    },
    {
      key: 'withdraw',
      header: t('invitations.withdraw'),
      align: 'right',
      cell: (invitation) =>
        invitation.state === 'open' && (
          <ConfirmButton
            size="xs"
            variant="default"
            label={t('invitations.withdraw')}
            question={t('invitations.question', { email: invitation.email })}
            onConfirm={() => withdraw.mutate(invitation, { onError: notifyFailed(t('shell:action.failed')) })}
          />
        ),
    },
  ];
  return (
    <QueryState
      query={query}
      isEmpty={({ data }) => matching(data).length === 0}
      empty={t('invitations.none')}
      height={80}
    >
      {({ data }) => (
        <DataTable caption={t('invitations.title')} columns={columns} rows={matching(data)} rowKey={({ id }) => id} />
      )}
    </QueryState>
  );
}
