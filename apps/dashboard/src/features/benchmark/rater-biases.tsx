import type { DimensionAgreementView, MeasuredValue } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Cell, ChartCard, DataTable, Definition } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { ForestPlot, type ForestRow } from './forest-plot.tsx';
import { Measure } from './measure.tsx';

/** How much milder or more severe each rater is than the others, on the same replies. */
export function RaterBiases({ of: { dimension, raterBiases } }: { of: DimensionAgreementView }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  if (raterBiases.length === 0) return null;
  const title = t('bias.title', { dimension: t(`shell:dimension.${dimension}`) });
  return (
    <ChartCard
      title={title}
      name={`rater-bias-${dimension}`}
      definition={<Definition term={title}>{t('bias.means')}</Definition>}
      chart={
        <ForestPlot
          as={format.signedScore}
          about={0}
          rows={raterBiases.map(
            ({ rater, bias }): ForestRow => ({ key: rater, label: rater, value: bias, mark: markOf(bias) }),
          )}
        />
      }
      table={
        <DataTable
          caption={t('tableOf', { title })}
          rows={raterBiases}
          rowKey={({ rater }) => rater}
          columns={[
            { key: 'rater', header: t('bias.rater'), cell: ({ rater }) => rater },
            {
              key: 'replies',
              header: t('agreement.replies'),
              align: 'right',
              cell: ({ replies }) => format.count(replies),
            },
            {
              key: 'bias',
              header: t('bias.steps'),
              align: 'right',
              cell: ({ bias }) => <Measure of={bias} as={format.signedScore} />,
            },
          ]}
        />
      }
      csv={{
        header: ['rater', 'replies', 'bias', 'bias_low', 'bias_high'],
        rows: raterBiases.map(({ rater, replies, bias }): Cell[] =>
          'tooFew' in bias ? [rater, replies] : [rater, replies, bias.estimate, bias.low, bias.high],
        ),
      }}
    />
  );
}

/** Severe and mild raters alike stand out; those who may well be neither do not. */
function markOf(bias: MeasuredValue): ForestRow['mark'] {
  if ('tooFew' in bias || (bias.low <= 0 && bias.high >= 0)) return 'unclear';
  return bias.estimate < 0 ? 'worse' : 'better';
}
