import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { RaterPlan } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Estimate, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import type { NewBatch } from './new-batch.ts';
import { useRaterPlan } from './queries.ts';

/** How many raters the ceiling takes, before the batch is made. */
export function PlanPreview({ batch: { dimensions, numbers } }: { batch: NewBatch }) {
  const { t } = useTranslation('annotation-batches');
  const [{ targetCeiling, mostRaters }] = useDebouncedValue(numbers, 300);
  const plan = useRaterPlan(targetCeiling, mostRaters);
  return (
    <QueryState query={plan} height={120}>
      {({ data }) => (
        <>
          <PlanTable plans={data.filter(({ dimension }) => dimensions.includes(dimension))} />
          <Text size="xs" c="dimmed">
            {t('plan.hint')}
          </Text>
        </>
      )}
    </QueryState>
  );
}

/** What each dimension takes, and on what that rests. */
export function PlanTable({ plans }: { plans: readonly RaterPlan[] }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  const columns: Column<RaterPlan>[] = [
    { key: 'dimension', header: t('column.dimension'), cell: ({ dimension }) => t(`shell:dimension.${dimension}`) },
    {
      key: 'raters',
      header: t('plan.raters'),
      align: 'right',
      cell: ({ raters }) => <span className="number">{format.count(raters)}</span>,
    },
    {
      key: 'ceiling',
      header: t('plan.ceiling'),
      align: 'right',
      cell: ({ expectedCeiling, ceilingInterval }) => (
        <Estimate value={expectedCeiling} interval={ceilingInterval} estimated as={format.score} />
      ),
    },
    {
      key: 'icc',
      header: t('plan.icc'),
      align: 'right',
      cell: ({ icc, iccInterval, basis }) => (
        <>
          <Estimate value={icc} interval={iccInterval} estimated={basis === 'default'} as={format.score} />{' '}
          <Text span size="xs" c="dimmed">
            {t(`plan.basis.${basis}`)}
          </Text>
        </>
      ),
    },
  ];
  return <DataTable caption={t('plan.title')} columns={columns} rows={plans} rowKey={({ dimension }) => dimension} />;
}
