import { Badge, TextInput } from '@mantine/core';
import type { PriceEvent } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Empty, Pager, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { priceChange, priceText } from './price-text.ts';

const PAGE_ROWS = 20;

/** Prices that replaced others, or will, with the days from which they hold. */
export function Prices({ prices }: { prices: readonly PriceEvent[] }) {
  const { t } = useTranslation('catalog');
  const [{ model, page }, setFilters] = useFilters({ model: '', page: 1 });
  const columns = usePriceColumns();
  if (prices.length === 0) return <Empty>{t('prices.none')}</Empty>;
  const rows = prices.filter(({ modelId }) => modelId.toLowerCase().includes(model.trim().toLowerCase()));
  return (
    <>
      <TextInput
        label={t('prices.search')}
        maw={360}
        value={model}
        onChange={(event) => setFilters({ model: event.currentTarget.value })}
      />
      {rows.length === 0 ? (
        <Empty>{t('prices.noMatch')}</Empty>
      ) : (
        <DataTable
          caption={t('prices.title')}
          columns={columns}
          rows={rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)}
          rowKey={({ modelId, from }) => `${modelId} ${from}`}
          footer={
            <Pager
              page={page}
              hasNext={rows.length > page * PAGE_ROWS}
              onPage={(next) => setFilters({ page: next })}
              total={rows.length}
            />
          }
        />
      )}
    </>
  );
}

function usePriceColumns(): Column<PriceEvent>[] {
  const { t } = useTranslation('catalog');
  const format = useFormat();
  return [
    { key: 'from', header: t('prices.from'), cell: ({ from }) => format.day(from) },
    {
      key: 'state',
      header: t('prices.state'),
      cell: ({ state }) => (
        <Badge miw="max-content" variant={state === 'past' ? 'outline' : 'default'}>
          {t(`prices.states.${state}`)}
        </Badge>
      ),
    },
    { key: 'model', header: t('prices.model'), cell: ({ modelId }) => modelId },
    {
      key: 'before',
      header: t('prices.before'),
      align: 'right',
      cell: ({ before }) =>
        before === undefined ? t('prices.newModel') : <span className="number">{priceText(before, format.money)}</span>,
    },
    {
      key: 'after',
      header: t('prices.after'),
      align: 'right',
      cell: ({ after }) => <span className="number">{priceText(after, format.money)}</span>,
    },
    {
      key: 'change',
      header: t('prices.change'),
      align: 'right',
      cell: ({ before, after }) => {
        const change = before && priceChange(before, after);
        return change === undefined ? '' : <span className="number">{format.signedShare(change)}</span>;
      },
    },
  ];
}
