import { Anchor, Badge, Group, Progress, Text } from '@mantine/core';
import type { ClientOverview } from '@pointsman/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Column, Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { SwitchClient } from './switch-client.tsx';

/** The table's columns; `manages`: whoever looks may shut clients out and let them in. */
export function useClientColumns(manages: boolean): Column<ClientOverview>[] {
  const { t } = useTranslation('clients');
  const format = useFormat();
  const columns: Column<ClientOverview>[] = [
    { key: 'name', header: t('column.name'), sortable: true, cell: (client) => <Name client={client} /> },
    {
      key: 'spend',
      header: t('column.spend'),
      align: 'right',
      sortable: true,
      cell: (client) => <Spend client={client} />,
    },
    { key: 'budget', header: t('column.budget'), cell: (client) => <Budget client={client} /> },
    {
      key: 'requests',
      header: t('column.requests'),
      align: 'right',
      sortable: true,
      cell: ({ requests }) => <span className="number">{format.count(requests)}</span>,
    },
    {
      key: 'quality',
      header: t('column.quality'),
      align: 'right',
      cell: ({ quality }) => <Estimate value={quality.value} interval={quality.interval} estimated as={format.score} />,
    },
    {
      key: 'errors',
      header: t('column.errors'),
      align: 'right',
      cell: ({ errors }) => <Estimate value={errors.value} interval={errors.interval} as={format.share} />,
    },
    { key: 'policy', header: t('column.policy'), cell: ({ policy }) => policy },
    { key: 'created', header: t('column.created'), sortable: true, cell: ({ createdAt }) => format.day(createdAt) },
  ];
  if (!manages) return columns;
  const cell = (client: ClientOverview) => <SwitchClient client={client} />;
  return [...columns, { key: 'actions', header: t('column.actions'), align: 'right', cell }];
}

function Name({ client: { id, name, disabledAt } }: { client: ClientOverview }) {
  const { t } = useTranslation('clients');
  return (
    <Group gap="xs" wrap="nowrap">
      <Anchor
        component={Link}
        to={'/overview' as string}
        search={{ client: id } as never}
        size="sm"
        fw={500}
        aria-label={t('open', { name })}
      >
        {name}
      </Anchor>
      {disabledAt !== undefined && (
        <Badge miw="max-content" variant="default">
          {t('disabled')}
        </Badge>
      )}
    </Group>
  );
}

function Spend({ client: { spendNanoUsd, unknownCosts } }: { client: ClientOverview }) {
  const { t } = useTranslation('clients');
  const format = useFormat();
  return (
    <>
      <span className="number">{format.money(spendNanoUsd)}</span>
      {unknownCosts > 0 && (
        <Text size="xs" c="dimmed">
          {t('unknownCosts', { count: unknownCosts })}
        </Text>
      )}
    </>
  );
}

/** From where on a budget is nearly used up. */
const NEARLY = 0.9;

function Budget({ client: { name, spendNanoUsd, budgetNanoUsd } }: { client: ClientOverview }) {
  const { t } = useTranslation('clients');
  const format = useFormat();
  if (budgetNanoUsd === undefined) {
    return (
      <Text span size="sm" c="dimmed">
        {t('unlimited')}
      </Text>
    );
  }
  const share = spendNanoUsd / budgetNanoUsd;
  const used = t('used', { share: format.share(share), budget: format.money(budgetNanoUsd) });
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress
        value={Math.min(100, 100 * share)}
        w={80}
        color={share >= NEARLY ? 'red.9' : 'indigo'}
        aria-label={`${name}: ${used}`}
      />
      <Text span size="sm" className="number">
        {used}
      </Text>
    </Group>
  );
}
