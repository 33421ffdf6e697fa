import { SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import type { Contestant, EvaluatedItem, ItemDetail } from '@pointsman/contracts';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, PageFrame, QueryState, useFilters } from '../../components/index.ts';
import { CaseBody, PageLink } from '../benchmark/index.ts';
import { useItem } from './queries.ts';
import { ReplyPanel } from './reply-panel.tsx';
import { VerdictTable } from './verdict-table.tsx';
import { wordDiff } from './word-diff.ts';

/** Both replies to one case side by side, with what sets them apart and how each was scored. */
export function Page() {
  const { t } = useTranslation('reports');
  const { runId = '', caseId = '' } = useParams({ strict: false }) as { runId?: string; caseId?: string };
  const [filters, setFilters] = useFilters({ contestant: -1, marks: true });
  const item = useItem(runId, caseId, filters.contestant < 0 ? undefined : filters.contestant);
  return (
    <PageFrame title={caseId} description={<PageLink to={`/reports/${runId}`}>{t('backToRun')}</PageLink>}>
      <QueryState query={item} height={480}>
        {(found) => (
          <Stack gap="md">
            {found.baseline?.item !== undefined && (
              <Switch
                label={t('item.mark')}
                checked={filters.marks}
                onChange={(event) => setFilters({ marks: event.currentTarget.checked })}
              />
            )}
            <Replies found={found} marked={filters.marks} />
            <VerdictTable candidate={found.candidate.item} baseline={found.baseline?.item} />
            {found.case === undefined ? <Empty>{t('item.caseGone')}</Empty> : <CaseBody subject={found.case} />}
          </Stack>
        )}
      </QueryState>
    </PageFrame>
  );
}

const textOf = (item: EvaluatedItem | undefined) => (item?.reply.status === 'answered' ? item.reply.text : undefined);

function Replies({ found: { candidate, baseline }, marked }: { found: ItemDetail; marked: boolean }) {
  const { t } = useTranslation('reports');
  const [before, after] = [textOf(baseline?.item), textOf(candidate.item)];
  const parts = marked && before !== undefined && after !== undefined ? wordDiff(before, after) : undefined;
  const panel = (side: 'candidate' | 'baseline', contestant: Contestant, item: EvaluatedItem) => (
    <ReplyPanel side={side} contestant={contestant} item={item} parts={parts} />
  );
  return (
    <SimpleGrid cols={{ base: 1, md: baseline === undefined ? 1 : 2 }}>
      {baseline !== undefined &&
        (baseline.item === undefined ? (
          <Text c="dimmed">{t('item.notAsked', { id: baseline.runId })}</Text>
        ) : (
          panel('baseline', baseline.contestant, baseline.item)
        ))}
      {panel('candidate', candidate.contestant, candidate.item)}
    </SimpleGrid>
  );
}
