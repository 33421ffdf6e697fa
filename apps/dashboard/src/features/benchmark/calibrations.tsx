import { Stack, Text } from '@mantine/core';
import type { ShownCalibration } from '@pointsman/contracts';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, ChartCard, type Column, DataTable, Definition } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Measure } from './measure.tsx';

const CalibrationChart = lazy(async () => ({ default: (await import('./calibration-chart.tsx')).CalibrationChart }));

/** How a judge's raw scores become ratings, and how far off these are where people had the last word. */
export function Calibrations({ of }: { of: readonly ShownCalibration[] }) {
  const { t } = useTranslation('benchmark');
  const drawn = of.filter(({ map }) => map.length > 0);
  return (
    <Stack gap="sm">
      <ChartCard
        title={t('calibration.title')}
        name="judge-calibration"
        definition={<Definition term={t('calibration.title')}>{t('calibration.means')}</Definition>}
        chart={<CalibrationChart calibrations={drawn} />}
        table={<Errors of={of} />}
        csv={{
          header: ['dimension', 'raw_score', 'rating', 'held_out_error'],
          rows: drawn.flatMap(({ dimension, map }) =>
            map.map(({ score, rating, spread }): Cell[] => [dimension, score, rating, spread]),
          ),
        }}
      />
      {of.map(({ dimension, reason, warnings }) => (
        <Text key={dimension} size="sm">
          {t(`shell:dimension.${dimension}`)}: <span lang="en">{[reason, ...warnings].join(' ')}</span>
        </Text>
      ))}
    </Stack>
  );
}

function Errors({ of }: { of: readonly ShownCalibration[] }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const columns: Column<ShownCalibration>[] = [
    { key: 'dimension', header: t('column.dimension'), cell: ({ dimension }) => t(`shell:dimension.${dimension}`) },
    { key: 'method', header: t('calibration.method'), cell: ({ method }) => method },
    {
      key: 'labels',
      header: t('calibration.labels'),
      cell: ({ labels, cases }) => t('calibration.labelsOf', { labels, cases }),
    },
    ...(['rmse', 'bias', 'spearman', 'badTailAuc'] as const).map(
      (figure): Column<ShownCalibration> => ({
        key: figure,
        header: t(`calibration.${figure}`),
        align: 'right',
        cell: ({ error }) => <Measure of={error[figure]} as={figure === 'bias' ? format.signedScore : format.score} />,
      }),
    ),
    {
      key: 'ceiling',
      header: t('agreement.figure.ceiling'),
      align: 'right',
      cell: ({ ceiling }) => <Measure of={ceiling} as={format.score} />,
    },
    { key: 'fitted', header: t('calibration.fitted'), cell: ({ fittedAt }) => format.day(fittedAt) },
  ];
  return (
    <DataTable
      caption={t('tableOf', { title: t('calibration.title') })}
      columns={columns}
      rows={of}
      rowKey={({ dimension }) => dimension}
    />
  );
}
