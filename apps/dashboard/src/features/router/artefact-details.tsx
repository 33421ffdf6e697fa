import { Stack, Text, Title } from '@mantine/core';
import type { ArtefactView, RouterMetrics } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Definition } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Figure } from './figure.tsx';
import { MetricTables } from './metric-tables.tsx';
import { Verdict } from './verdict.tsx';

/** What one artefact was learned from, how good it was, and what its report says about serving it. */
export function ArtefactDetails({ artefact }: { artefact: ArtefactView }) {
  const { t } = useTranslation('router');
  const { metrics, promotion } = artefact;
  return (
    <Stack gap="md">
      {promotion && <Verdict promotion={promotion} />}
      <Training artefact={artefact} />
      {metrics === undefined ? (
        <Text size="sm" c="dimmed">
          {t('details.notEvaluated')}
        </Text>
      ) : (
        <Measured metrics={metrics} />
      )}
    </Stack>
  );
}

function Measured({ metrics }: { metrics: RouterMetrics }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  return (
    <>
      <Text size="sm">
        {t('details.measured', {
          count: metrics.requests,
          number: format.count(metrics.requests),
          hash: metrics.dataHash.slice(0, 12),
        })}{' '}
        <Definition term={t('details.metrics')}>{t('details.definition')}</Definition>
      </Text>
      {metrics.choices && (
        <Text size="sm" component="div">
          {t('details.skill')} <Figure figure={metrics.choices.learned} as={format.signedScore} />
        </Text>
      )}
      <MetricTables metrics={metrics} />
    </>
  );
}

type Source = ArtefactView['training']['sources'][number];

function Training({ artefact: { training, recognition, models, kinds, textEncoder } }: { artefact: ArtefactView }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  const columns: Column<Source>[] = [
    { key: 'name', header: t('details.source'), cell: ({ name }) => name },
    {
      key: 'prompts',
      header: t('artefacts.prompts'),
      align: 'right',
      cell: ({ prompts }) => <span className="number">{format.count(prompts)}</span>,
    },
  ];
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('details.training')}
      </Title>
      <Text size="sm">
        {[
          t('details.knows', { models: format.count(models), kinds: format.count(kinds) }),
          t('details.encoder', { version: textEncoder ?? t('details.none') }),
          t('details.dataHash', { hash: training.dataHash.slice(0, 12) }),
        ].join(' · ')}
      </Text>
      {recognition && (
        <Text size="sm" component="div">
          {t('details.domains')} <Figure figure={recognition.domains} as={format.share} />
          {' · '}
          {t('details.tasks')} <Figure figure={recognition.tasks} as={format.share} />
        </Text>
      )}
      <DataTable
        caption={t('details.training')}
        columns={columns}
        rows={training.sources}
        rowKey={({ name }) => name}
      />
    </Stack>
  );
}
