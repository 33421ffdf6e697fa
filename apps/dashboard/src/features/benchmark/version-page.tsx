import { Card, Code, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { VersionDetail } from '@pointsman/contracts';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageFrame, QueryState, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Approval } from './benchmark-page.tsx';
import { CaseBrowser } from './case-browser.tsx';
import { PageLink } from './page-link.tsx';
import { useVersion } from './queries.ts';

/** A published version: what it covers, and its cases. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const { name = '', version = '' } = useParams({ strict: false }) as { name?: string; version?: string };
  const found = useVersion(name, version);
  return (
    <PageFrame
      title={t('versionTitle', { name, version })}
      description={<PageLink to="/benchmark">{t('allBenchmarks')}</PageLink>}
    >
      <QueryState query={found} height={240}>
        {(detail) => (
          <>
            <Facts of={detail} />
            <Coverage of={detail} />
            <CaseBrowser name={name} version={version} counts={detail.counts} />
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

function Facts({ of }: { of: VersionDetail }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const { counts } = of;
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <StatCard label={t('column.cases')}>{format.count(counts.cases)}</StatCard>
        <StatCard label={t('fact.withReference')}>{format.count(counts.withReference)}</StatCard>
        <StatCard label={t('fact.withChecks')}>{format.count(counts.withChecks)}</StatCard>
        <StatCard label={t('fact.origins')} note={originsText(t, counts.origin)}>
          {format.count(Object.keys(counts.origin).length)}
        </StatCard>
      </SimpleGrid>
      <Text size="sm" component="div">
        <Group gap="xs">
          {t('publishedBy', { at: format.dateTime(of.publishedAt), by: of.publishedBy })} · {of.reason} ·{' '}
          {t('column.approved')}: <Approval of={of.approval} />
        </Group>
        {t('column.hash')}: <Code style={{ overflowWrap: 'anywhere' }}>{of.hash}</Code>
      </Text>
    </>
  );
}

const originsText = (t: (key: string) => string, origin: Readonly<Record<string, number>>): string =>
  Object.entries(origin)
    .map(([kind, cases]) => `${t(`origin.${kind}`)}: ${cases}`)
    .join(', ');

const PROPERTIES = ['domain', 'task', 'language', 'difficulty'] as const;

function Coverage({ of: { counts } }: { of: VersionDetail }) {
  const { t } = useTranslation('benchmark');
  return (
    <Card withBorder padding="md" component="section" aria-label={t('coverage')}>
      <Title order={2} size="h4" mb="sm">
        {t('coverage')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        {PROPERTIES.map((property) => (
          <Counts key={property} title={t(`property.${property}`)} counts={counts[property]} />
        ))}
      </SimpleGrid>
    </Card>
  );
}

function Counts({ title, counts }: { title: string; counts: Readonly<Record<string, number>> }) {
  const format = useFormat();
  const rows = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  const most = Math.max(1, ...rows.map(([, cases]) => cases));
  return (
    <Stack gap={4}>
      <Title order={3} size="h6">
        {title}
      </Title>
      {rows.map(([value, cases]) => (
        <Group key={value} gap="xs" wrap="nowrap" justify="space-between">
          <Text size="sm" w={130} truncate>
            {value}
          </Text>
          <div style={{ flex: 1 }} aria-hidden>
            <div
              style={{
                width: `${(100 * cases) / most}%`,
                height: 8,
                background: 'var(--mantine-primary-color-filled)',
              }}
            />
          </div>
          <Text size="sm" className="number">
            {format.count(cases)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
