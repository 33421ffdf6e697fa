import { List, Stack, Text, Title } from '@mantine/core';
import type { CatalogDiffView } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { priceText } from './price-text.ts';

type Changed = { id: string; what: string; before: string | undefined; after: string | undefined };

/** Every difference between two catalogues. */
export function Diff({ diff }: { diff: CatalogDiffView }) {
  const { t } = useTranslation('catalog');
  const changes = useChanges(diff);
  const added = [...diff.providersAdded, ...diff.added];
  const removed = [...diff.providersRemoved, ...diff.removed];
  if (added.length + removed.length + changes.length === 0) return <Text size="sm">{t('diff.none')}</Text>;
  const text = (value: string | undefined) => (value === undefined ? t('diff.absent') : value);
  const columns: Column<Changed>[] = [
    { key: 'id', header: t('diff.of'), cell: ({ id }) => id },
    { key: 'what', header: t('diff.what'), cell: ({ what }) => <Value>{what}</Value> },
    { key: 'before', header: t('diff.before'), cell: ({ before }) => <Value>{text(before)}</Value> },
    { key: 'after', header: t('diff.after'), cell: ({ after }) => <Value>{text(after)}</Value> },
  ];
  return (
    <Stack gap="sm">
      <Names title={t('diff.added', { count: added.length })} names={added} />
      <Names title={t('diff.removed', { count: removed.length })} names={removed} />
      {changes.length > 0 && (
        <Stack gap={4}>
          <Title order={3} size="h6">
            {t('diff.changed', { count: changes.length })}
          </Title>
          <DataTable
            caption={t('diff.changed', { count: changes.length })}
            columns={columns}
            rows={changes}
            rowKey={({ id, what }) => `${id} ${what}`}
          />
        </Stack>
      )}
    </Stack>
  );
}

const Value = ({ children }: { children: ReactNode }) => (
  <Text size="xs" className="user-text" miw={140} maw={320}>
    {children}
  </Text>
);

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      <List size="sm">
        {names.map((name) => (
          <List.Item key={name}>{name}</List.Item>
        ))}
      </List>
    </div>
  );
}

function useChanges({ changed, providersChanged }: CatalogDiffView): Changed[] {
  const { t } = useTranslation('catalog');
  const format = useFormat();
  const prices = changed.flatMap(({ id, prices: own }) =>
    own.map(
      ({ kind, from, before, after }): Changed => ({
        id,
        what: t(`diff.price.${kind}`, { day: format.day(from) }),
        before: before && priceText(before, format.money),
        after: after && priceText(after, format.money),
      }),
    ),
  );
  const fields = [...changed, ...providersChanged].flatMap(({ id, fields: own }) =>
    own.map(({ field, before, after }): Changed => ({ id, what: field, before, after })),
  );
  return [...prices, ...fields];
}
