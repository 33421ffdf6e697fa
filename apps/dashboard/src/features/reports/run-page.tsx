import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import type { EvaluationReport, RunDetail, RunSide } from '@pointsman/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { download, Empty, PageFrame, QueryState, useFilters } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { PageLink } from '../benchmark/index.ts';
import { contestantName } from './contestant-name.ts';
import { Economics } from './economics.tsx';
import { Headline } from './headline.tsx';
import { ItemList } from './item-list.tsx';
import { Metrics } from './metrics.tsx';
import { useRun } from './queries.ts';
import { Spent } from './reports-page.tsx';
import { Slices } from './slices.tsx';
import { Standing } from './standing.tsx';

/** One evaluation run: the verdict first, then what it stands on. */
export function Page() {
  const { t } = useTranslation('reports');
  const { runId = '' } = useParams({ strict: false }) as { runId?: string };
  const run = useRun(runId);
  return (
    <PageFrame title={t('runTitle')} description={<PageLink to="/reports">{t('allRuns')}</PageLink>}>
      <QueryState query={run} height={480}>
        {(found) => <Run run={found} />}
      </QueryState>
    </PageFrame>
  );
}

function Run({ run }: { run: RunDetail }) {
  const { t } = useTranslation('reports');
  const first = run.sides[0]?.contestant ?? 0;
  const [filters, setFilters] = useFilters({ contestant: first });
  const side = run.sides.find(({ contestant }) => contestant === filters.contestant) ?? run.sides[0];
  return (
    <Stack gap="md">
      {run.sides.length > 1 && (
        <NativeSelect
          label={t('candidate')}
          maw={420}
          value={String(side?.contestant ?? first)}
          onChange={(event) => setFilters({ contestant: Number(event.currentTarget.value) })}
          data={run.sides.map(({ contestant, candidate }) => ({
            value: String(contestant),
            label: contestantName(candidate),
          }))}
        />
      )}
      {side === undefined ? <Empty>{t(`nobody.${run.kind}`)}</Empty> : <Side run={run} side={side} />}
      <RunFacts run={run} side={side} />
    </Stack>
  );
}

function Side({ run, side }: { run: RunDetail; side: RunSide }) {
  const { t } = useTranslation('reports');
  const { report } = side;
  return (
    <>
      <Headline run={run} side={side} />
      {report === undefined ? (
        <Empty>{t('reportMissing', { id: run.id })}</Empty>
      ) : (
        <>
          <Metrics report={report} />
          <Slices report={report} />
          <Economics report={report} />
        </>
      )}
      <ItemList run={run} side={side} />
      {report !== undefined && <Standing report={report} />}
    </>
  );
}

function RunFacts({ run, side }: { run: RunDetail; side: RunSide | undefined }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const { benchmark, judgeIdentity: judge, labels, startedAt, finishedAt } = run;
  const labelled = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return (
    <Text size="sm" component="div" c="dimmed">
      <Group gap="md">
        <span>{run.id}</span>
        {benchmark !== undefined && (
          <PageLink to={`/benchmark/${benchmark.name}/${benchmark.version}`}>
            {benchmark.name}@{benchmark.version}
          </PageLink>
        )}
        <span>{t('judgedBy', { model: judge.model, samples: judge.samples, hash: judge.hash.slice(0, 8) })}</span>
        <span>
          {t(`status.${run.status}`)}, {t('progress', run.progress)}
        </span>
        {startedAt !== undefined && <span>{t('started', { at: format.dateTime(startedAt) })}</span>}
        {finishedAt !== undefined && <span>{t('finished', { at: format.dateTime(finishedAt) })}</span>}
        <span>
          {t('column.cost')}: <Spent of={run} />
        </span>
        {labelled.length > 0 && <span>{labelled.join(' ')}</span>}
        {side?.report !== undefined && <JsonButton report={side.report} />}
      </Group>
    </Text>
  );
}

function JsonButton({ report }: { report: EvaluationReport }) {
  const { t } = useTranslation('reports');
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} />}
      onClick={() => download(`${report.runId}.json`, JSON.stringify(report, undefined, 2), 'application/json')}
    >
      {t('downloadJson')}
    </Button>
  );
}
