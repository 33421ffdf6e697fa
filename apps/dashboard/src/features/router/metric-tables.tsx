import { Stack, Title } from '@mantine/core';
import type { RouterMetrics } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Figure } from './figure.tsx';

type Dimension = RouterMetrics['dimensions'][number];
type Coverage = RouterMetrics['coverage'][number];
type Savings = RouterMetrics['savings'][number];

/** An evaluation's figures: predictions, intervals, savings. */
export function MetricTables({ metrics }: { metrics: RouterMetrics }) {
  return (
    <>
      <Predictions rows={metrics.dimensions} />
      <Coverages rows={metrics.coverage} />
      {metrics.savings.length > 0 && <SavingsTable rows={metrics.savings} />}
    </>
  );
}

const right = <Row,>(key: string, header: string, cell: (row: Row) => ReactNode): Column<Row> => ({
  key,
  header,
  align: 'right',
  cell,
});

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Predictions({ rows }: { rows: readonly Dimension[] }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  const title = t('metrics.predictions');
  const columns: Column<Dimension>[] = [
    { key: 'dimension', header: t('metrics.dimension'), cell: ({ dimension }) => t(`shell:dimension.${dimension}`) },
    right('requests', t('metrics.requests'), ({ requests }) => (
      <span className="number">{format.count(requests)}</span>
    )),
    right('calibration', t('metrics.calibrationError'), ({ calibrationError }) => (
      <Figure figure={calibrationError} as={format.share} />
    )),
    right('auc', t('metrics.auc'), ({ auc }) => <Figure figure={auc} as={format.score} />),
    right('brier', t('metrics.brier'), ({ brier }) => <Figure figure={brier} as={format.score} />),
    right('ridge', t('metrics.versusRidge'), ({ versusRidge }) => (
      <Figure figure={versusRidge} as={format.signedScore} />
    )),
    right('domain', t('metrics.versusDomain'), ({ versusDomain }) => (
      <Figure figure={versusDomain} as={format.signedScore} />
    )),
  ];
  return (
    <Titled title={title}>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={({ dimension }) => dimension} />
    </Titled>
  );
}

function Coverages({ rows }: { rows: readonly Coverage[] }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  const title = t('metrics.coverage');
  const columns: Column<Coverage>[] = [
    { key: 'dimension', header: t('metrics.dimension'), cell: ({ dimension }) => t(`shell:dimension.${dimension}`) },
    right('nominal', t('metrics.nominal'), ({ nominal }) => <span className="number">{format.share(nominal)}</span>),
    right('overall', t('metrics.covered'), ({ overall }) => <Figure figure={overall} as={format.share} />),
    {
      key: 'worst',
      header: t('metrics.worstDomain'),
      cell: ({ worstDomain }) =>
        worstDomain === undefined ? (
          t('shell:number.tooFew')
        ) : (
          <>
            {worstDomain.domain}: <Figure figure={worstDomain.coverage} as={format.share} />
          </>
        ),
    },
  ];
  return (
    <Titled title={title}>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={({ dimension }) => dimension} />
    </Titled>
  );
}

function SavingsTable({ rows }: { rows: readonly Savings[] }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  const title = t('metrics.savings');
  const columns: Column<Savings>[] = [
    { key: 'source', header: t('details.source'), cell: ({ source }) => source },
    { key: 'strongest', header: t('metrics.strongest'), cell: ({ strongest }) => strongest },
    right('target', t('metrics.target'), ({ target }) => <span className="number">{format.share(target)}</span>),
    right('saved', t('metrics.saved'), ({ saved }) => <Figure figure={saved} as={format.share} />),
    right('quality', t('metrics.quality'), ({ quality }) => <Figure figure={quality} as={format.share} />),
  ];
  return (
    <Titled title={title}>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={({ source, target }) => `${source} ${target}`} />
    </Titled>
  );
}
