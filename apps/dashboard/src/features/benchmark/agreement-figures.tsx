import { Alert, Loader, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Agreement, DimensionAgreementView, MeasuredValue } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Cell, ChartCard, type Column, DataTable, Definition, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { ForestPlot } from './forest-plot.tsx';
import { Measure } from './measure.tsx';
import { RaterBiases } from './rater-biases.tsx';

type Ready = Extract<Agreement, { status: 'ready' }>;

/** How far raters agree, dimension by dimension, and how each of them lies to the others; or that it is being worked out. */
export function AgreementFigures({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation('benchmark');
  if (agreement.status === 'ready') return <Found agreement={agreement} />;
  return (
    <Text role="status">
      <Loader size="xs" mr="xs" aria-hidden />
      {t('agreement.computing')}
    </Text>
  );
}

function Found({ agreement }: { agreement: Ready }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const { replies, raters, ratings, current, dimensions } = agreement;
  return (
    <Stack gap="md">
      {!current && <Text role="status">{t('agreement.newer')}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <StatCard label={t('agreement.raters')}>{format.count(raters)}</StatCard>
        <StatCard label={t('agreement.replies')}>{format.count(replies)}</StatCard>
        <StatCard label={t('agreement.ratings')}>{format.count(ratings)}</StatCard>
      </SimpleGrid>
      <Figures dimensions={dimensions} />
      <Warnings dimensions={dimensions} />
      {dimensions.map((one) => (
        <RaterBiases key={one.dimension} of={one} />
      ))}
    </Stack>
  );
}

const FIGURES = [
  'alphaOrdinal',
  'alphaInterval',
  'weightedKappa',
  'fleissKappa',
  'icc',
  'iccMean',
  'ceiling',
  'withinModelIcc',
] as const;

function Figures({ dimensions }: { dimensions: readonly DimensionAgreementView[] }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  return (
    <ChartCard
      title={t('agreement.byDimension')}
      name="agreement"
      definition={
        <Definition term={t('agreement.figure.alphaOrdinal')}>
          {FIGURES.map((figure) => (
            <p key={figure}>
              <strong>{t(`agreement.figure.${figure}`)}</strong>: {t(`agreement.means.${figure}`)}
            </p>
          ))}
        </Definition>
      }
      chart={
        <>
          <Text size="sm" mb="xs">
            {t('agreement.chart')}
          </Text>
          <ForestPlot
            as={format.score}
            about={0}
            rows={dimensions.map(({ dimension, alphaOrdinal }) => ({
              key: dimension,
              label: t(`shell:dimension.${dimension}`),
              value: alphaOrdinal,
              mark: isAbove(alphaOrdinal, 0) ? 'better' : 'unclear',
            }))}
          />
        </>
      }
      table={<FigureTable dimensions={dimensions} />}
      csv={{
        header: [
          'dimension',
          'replies',
          'cases',
          'raters',
          'ratings',
          ...FIGURES.flatMap((one) => [one, `${one}_low`, `${one}_high`]),
        ],
        rows: dimensions.map(csvRow),
      }}
    />
  );
}

const isAbove = (value: MeasuredValue, limit: number) => !('tooFew' in value) && value.low > limit;

const csvRow = (one: DimensionAgreementView): Cell[] => [
  one.dimension,
  one.replies,
  one.cases,
  one.raters,
  one.ratings,
  ...FIGURES.flatMap((figure): Cell[] => {
    const value = one[figure];
    return value === undefined || 'tooFew' in value
      ? [undefined, undefined, undefined]
      : [value.estimate, value.low, value.high];
  }),
];

function FigureTable({ dimensions }: { dimensions: readonly DimensionAgreementView[] }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const columns: Column<DimensionAgreementView>[] = [
    { key: 'dimension', header: t('column.dimension'), cell: (one) => t(`shell:dimension.${one.dimension}`) },
    { key: 'raters', header: t('agreement.raters'), align: 'right', cell: ({ raters }) => format.count(raters) },
    { key: 'replies', header: t('agreement.replies'), align: 'right', cell: ({ replies }) => format.count(replies) },
    ...FIGURES.map(
      (figure): Column<DimensionAgreementView> => ({
        key: figure,
        header: t(`agreement.figure.${figure}`),
        align: 'right',
        cell: (one) => <Measure of={one[figure]} as={format.score} />,
      }),
    ),
    { key: 'atTop', header: t('agreement.atTop'), align: 'right', cell: ({ shareAtTop }) => format.share(shareAtTop) },
  ];
  return (
    <DataTable
      caption={t('tableOf', { title: t('agreement.byDimension') })}
      columns={columns}
      rows={dimensions}
      rowKey={({ dimension }) => dimension}
    />
  );
}

function Warnings({ dimensions }: { dimensions: readonly DimensionAgreementView[] }) {
  const { t } = useTranslation('benchmark');
  const warned = dimensions.filter(({ warnings }) => warnings.length > 0);
  if (warned.length === 0) return null;
  return (
    <Alert color="gray" variant="outline" title={t('agreement.warnings')}>
      <ul lang="en">
        {warned.map(({ dimension, warnings }) => (
          <li key={dimension}>
            {t(`shell:dimension.${dimension}`)}: {warnings.join(' ')}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
