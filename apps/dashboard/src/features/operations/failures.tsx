import { Stack, Text, Title } from '@mantine/core';
import type { ProviderHealth } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

type Failure = ProviderHealth['failures'][number] & { provider: string };

/** What went wrong in the last hour, kind by kind; nothing where nothing did. */
export function Failures({ providers }: { providers: readonly ProviderHealth[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const failures = providers
    .flatMap(({ name, failures: own }): Failure[] => own.map((failure) => ({ ...failure, provider: name })))
    .sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
  if (failures.length === 0) return null;
  const columns: Column<Failure>[] = [
    { key: 'provider', header: t('providers.name'), cell: ({ provider }) => provider },
    { key: 'kind', header: t('failures.kind'), cell: ({ kind }) => t(`failures.kinds.${kind}`) },
    {
      key: 'count',
      header: t('failures.count'),
      align: 'right',
      cell: ({ count }) => <span className="number">{format.count(count)}</span>,
    },
    { key: 'last', header: t('failures.last'), cell: ({ lastAt }) => format.dateTime(lastAt) },
    { key: 'model', header: t('failures.model'), cell: ({ lastModelId }) => lastModelId },
    {
      key: 'message',
      header: t('failures.message'),
      cell: ({ lastMessage, lastStatus }) => (
        <Text size="xs" className="user-text" miw={240} maw={480}>
          {[lastStatus, lastMessage].filter((part) => part !== undefined).join(': ')}
        </Text>
      ),
    },
  ];
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('failures.title')}
      </Title>
      <DataTable
        caption={t('failures.title')}
        columns={columns}
        rows={failures}
        rowKey={({ provider, kind }) => `${provider} ${kind}`}
      />
    </Stack>
  );
}
