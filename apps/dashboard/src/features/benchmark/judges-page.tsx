import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { DriftNight, ShownJudge } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, PageFrame, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Calibrations } from './calibrations.tsx';
import { byDimension } from './dimensions.ts';
import { useJudges } from './queries.ts';
import { SectionLinks } from './section-links.tsx';

/** How far judges can be trusted: what they were calibrated on, and whether they still score as they did. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const judges = useJudges();
  return (
    <PageFrame title={t('section.judges')} description={t('judges.description')}>
      <SectionLinks current="judges" />
      <QueryState query={judges} isEmpty={({ data }) => data.length === 0} empty={t('judges.empty')} height={400}>
        {({ data }) => (
          <Stack gap="md">
            {data.map((one) => (
              <Judge key={`${one.judge.hash} ${one.emulated}`} of={one} />
            ))}
          </Stack>
        )}
      </QueryState>
    </PageFrame>
  );
}

function Judge({ of }: { of: ShownJudge }) {
  const { t } = useTranslation('benchmark');
  const { judge, emulated, calibrations, uncalibrated, drift } = of;
  const rubrics = byDimension(judge.rubrics).map(
    ({ dimension, value: { version } }) => `${t(`shell:dimension.${dimension}`)} v${version}`,
  );
  return (
    <Card withBorder padding="md" component="section" aria-label={judge.model}>
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {judge.model}
          </Title>
          {emulated && (
            <Badge variant="outline" color="gray" tt="none">
              {t('judges.emulated')}
            </Badge>
          )}
        </Group>
        <Text size="sm">
          {t('judges.identity', {
            samples: judge.samples,
            temperature: judge.temperature,
            prompt: judge.promptHash.slice(0, 8),
            hash: judge.hash.slice(0, 8),
          })}{' '}
          · {rubrics.join(', ')}
        </Text>
        {calibrations.length > 0 && <Calibrations of={calibrations} />}
        {uncalibrated.length > 0 && (
          <Text size="sm">
            {t('judges.uncalibrated', {
              dimensions: uncalibrated.map((one) => t(`shell:dimension.${one}`)).join(', '),
            })}
          </Text>
        )}
        <Title order={3} size="h5">
          {t('drift.title')}
        </Title>
        {drift.length === 0 ? <Text c="dimmed">{t('drift.none')}</Text> : <Nights nights={drift} />}
      </Stack>
    </Card>
  );
}

function Nights({ nights }: { nights: readonly DriftNight[] }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const columns: Column<DriftNight>[] = [
    { key: 'at', header: t('drift.at'), cell: ({ scoredAt }) => format.dateTime(scoredAt) },
    { key: 'set', header: t('drift.set'), cell: ({ anchorSet }) => anchorSet },
    {
      key: 'finding',
      header: t('drift.finding'),
      cell: ({ finding, alarm }) => (
        <>
          {t(`drift.found.${finding}`)}
          {alarm && `; ${t('drift.alarm')}`}
        </>
      ),
    },
    { key: 'evidence', header: t('drift.evidence'), cell: (night) => <Evidence night={night} /> },
  ];
  return (
    <DataTable
      caption={t('drift.title')}
      columns={columns}
      rows={nights}
      rowKey={({ anchorSet, scoredAt }) => `${anchorSet} ${scoredAt}`}
    />
  );
}

function Evidence({ night: { dimensions } }: { night: DriftNight }) {
  const { t } = useTranslation('benchmark');
  return (
    <Stack gap={2} miw={280}>
      {dimensions.map(({ dimension, anchors, evidence }) => (
        <Text key={dimension} size="sm">
          {t('drift.on', { dimension: t(`shell:dimension.${dimension}`), count: anchors })}{' '}
          <span lang="en">
            {evidence
              .map(({ text, p, alarm }) => `${text} (p ${p.toPrecision(2)}${alarm ? `, ${t('drift.alarmed')}` : ''})`)
              .join('; ')}
          </span>
        </Text>
      ))}
    </Stack>
  );
}
