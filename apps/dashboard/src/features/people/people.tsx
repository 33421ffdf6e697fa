import { Badge, Button, Stack, Text } from '@mantine/core';
import type { Person } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Pager, QueryState } from '../../components/index.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { PersonDialog } from './person-dialog.tsx';
import { usePeople } from './queries.ts';

type Props = {
  /** Only those of this client, where one is chosen. */
  clientId: string | undefined;
  search: string;
  page: number;
  onPage(page: number): void;
  /** Whether whoever looks may change people. */
  manages: boolean;
};

const PAGE_ROWS = 50;

/** Everybody who may sign in. */
export function People({ clientId, search, page, onPage, manages }: Props) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const query = usePeople();
  const [chosen, setChosen] = useState<string>();
  const matching = (people: readonly Person[]) =>
    people.filter((person) => (clientId === undefined || person.clientId === clientId) && fits(person, search));
  const columns = columnsOf(t, format, manages ? setChosen : undefined);
  return (
    <QueryState query={query} isEmpty={({ data }) => matching(data).length === 0} empty={t('nobody')}>
      {({ data }) => {
        const rows = matching(data);
        const person = data.find(({ id }) => id === chosen);
        return (
          <>
            <DataTable
              caption={t('title')}
              columns={columns}
              rows={rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)}
              rowKey={({ id }) => id}
              footer={
                <Pager page={page} hasNext={rows.length > page * PAGE_ROWS} onPage={onPage} total={rows.length} />
              }
            />
            {person && <PersonDialog key={person.id} person={person} onClose={() => setChosen(undefined)} />}
          </>
        );
      }}
    </QueryState>
  );
}

const fits = ({ name, email, clientName }: Person, search: string): boolean =>
  [name, email, clientName ?? ''].some((text) => text.toLowerCase().includes(search.trim().toLowerCase()));

function columnsOf(
  t: TFunction<'people'>,
  format: Format,
  manage: ((id: string) => void) | undefined,
): Column<Person>[] {
  const columns: Column<Person>[] = [
    { key: 'name', header: t('column.person'), cell: (person) => <Who person={person} /> },
    { key: 'role', header: t('column.role'), cell: ({ role }) => t(`shell:role.${role}`) },
    { key: 'client', header: t('column.client'), cell: ({ clientName }) => clientName ?? t('allClients') },
    {
      key: 'lastSignIn',
      header: t('column.lastSignIn'),
      cell: ({ lastSignInAt }) => (
        <span className="number">{lastSignInAt === undefined ? t('never') : format.dateTime(lastSignInAt)}</span>
      ),
    },
  ];
  if (manage === undefined) return columns;
  const cell = ({ id, email }: Person) => (
    <Button size="xs" variant="default" onClick={() => manage(id)} aria-label={t('manage', { email })}>
      {t('shell:action.edit')}
    </Button>
  );
  return [...columns, { key: 'manage', header: t('column.manage'), align: 'right', cell }];
}

function Who({ person: { name, email, disabledAt, hasPassword, lastSignInAt } }: { person: Person }) {
  const { t } = useTranslation('people');
  const waiting = !hasPassword && lastSignInAt === undefined;
  return (
    <Stack gap={2} align="flex-start">
      <Text size="sm" fw={500}>
        {name === '' ? email : name}
      </Text>
      {name !== '' && (
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      )}
      {disabledAt !== undefined && <Badge variant="default">{t('disabled')}</Badge>}
      {disabledAt === undefined && waiting && <Badge variant="default">{t('waiting')}</Badge>}
    </Stack>
  );
}
