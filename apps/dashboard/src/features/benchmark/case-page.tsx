import { Card, Code, Stack, Text, Title } from '@mantine/core';
import type { CaseChange } from '@pointsman/contracts';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageFrame, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { CaseBody } from './case-body.tsx';
import { PageLink } from './page-link.tsx';
import { useCase } from './queries.ts';

/** One case: what is asked, what a right answer is, how it is judged, and who wrote it. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const params = useParams({ strict: false }) as { name?: string; version?: string; caseId?: string };
  const { name = '', version = '', caseId = '' } = params;
  const found = useCase(name, version, caseId);
  return (
    <PageFrame
      title={caseId}
      description={<PageLink to={`/benchmark/${name}/${version}`}>{t('versionTitle', { name, version })}</PageLink>}
    >
      <QueryState query={found} height={320}>
        {(detail) => (
          <>
            <CaseBody subject={detail.case} />
            <History changes={detail.history} />
            <Text size="sm" c="dimmed">
              {t('column.hash')}: <Code style={{ overflowWrap: 'anywhere' }}>{detail.case.hash}</Code>
            </Text>
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

function History({ changes }: { changes: readonly CaseChange[] }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  return (
    <Card withBorder padding="md" component="section" aria-label={t('history')}>
      <Title order={2} size="h4" mb="xs">
        {t('history')}
      </Title>
      <Stack gap={4} component="ul" m={0}>
        {changes.map(({ version, action, author, reason, at }) => (
          <Text key={version} size="sm" component="li">
            {t('historyLine', { version, action: t(`action.${action}`), author, at: format.day(at) })}: {reason}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}
