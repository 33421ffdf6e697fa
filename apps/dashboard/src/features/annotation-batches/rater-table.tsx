import type { BatchRater } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Empty } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Measure } from '../benchmark/index.ts';

/** What each rater did: how much, how fast, and how their answers to gold items lie to the known ratings. */
export function RaterTable({ raters }: { raters: readonly BatchRater[] }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  if (raters.length === 0) return <Empty>{t('noRaters')}</Empty>;
  const number = (text: string) => <span className="number">{text}</span>;
  const unknown = t('shell:number.unknown');
  const columns: Column<BatchRater>[] = [
    { key: 'name', header: t('rater.name'), cell: ({ name }) => name },
    { key: 'done', header: t('rater.done'), align: 'right', cell: ({ done }) => number(format.count(done)) },
    {
      key: 'skipped',
      header: t('rater.skipped'),
      align: 'right',
      cell: ({ skipped }) => number(format.count(skipped)),
    },
    {
      key: 'cannotRate',
      header: t('rater.cannotRate'),
      align: 'right',
      cell: ({ cannotRate }) => number(format.count(cannotRate)),
    },
    {
      key: 'pace',
      header: t('rater.pace'),
      align: 'right',
      cell: ({ pacePerHour }) =>
        number(pacePerHour === undefined ? unknown : t('rater.perHour', { count: Math.round(pacePerHour) })),
    },
    {
      key: 'median',
      header: t('rater.median'),
      align: 'right',
      cell: ({ medianMs }) => number(medianMs === undefined ? unknown : format.duration(medianMs)),
    },
    {
      key: 'exact',
      header: t('rater.exact'),
      align: 'right',
      cell: ({ gold }) => <Measure of={gold.exact} as={format.share} />,
    },
    {
      key: 'withinOne',
      header: t('rater.withinOne'),
      align: 'right',
      cell: ({ gold }) => <Measure of={gold.withinOne} as={format.share} />,
    },
    {
      key: 'meanError',
      header: t('rater.meanError'),
      align: 'right',
      cell: ({ gold }) => <Measure of={gold.meanError} as={format.signedScore} />,
    },
    {
      key: 'last',
      header: t('rater.last'),
      cell: ({ lastAt }) => number(lastAt === undefined ? unknown : format.dateTime(lastAt)),
    },
  ];
  return <DataTable caption={t('section.raters')} columns={columns} rows={raters} rowKey={({ rater }) => rater} />;
}
