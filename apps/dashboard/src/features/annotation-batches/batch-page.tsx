import { Group, Stack, Text } from '@mantine/core';
import type { BatchDetail } from '@pointsman/contracts';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { PageFrame, QueryState, Section } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { AgreementFigures } from '../benchmark/index.ts';
import { BatchActions } from './batch-actions.tsx';
import { StateBadge } from './batch-state.tsx';
import { CountCards } from './count-cards.tsx';
import { ItemTable } from './item-table.tsx';
import { PlanTable } from './plan-preview.tsx';
import { useBatch } from './queries.ts';
import { RaterTable } from './rater-table.tsx';

/** One batch: how far it is, how far its raters agree, what each of them did, what was said of each item. */
export function Page() {
  const { t } = useTranslation('annotation-batches');
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const batch = useBatch(id);
  const { role } = useMe();
  const actions = batch.data && role === 'operator' && <BatchActions batch={batch.data} />;
  return (
    <PageFrame title={batch.data?.title ?? t('batch')} actions={actions}>
      <QueryState query={batch} height={480}>
        {(data) => <BatchBody batch={data} />}
      </QueryState>
    </PageFrame>
  );
}

function BatchBody({ batch }: { batch: BatchDetail }) {
  const { t } = useTranslation('annotation-batches');
  const format = useFormat();
  const { agreement } = batch;
  const nothing = agreement.status === 'ready' && agreement.ratings === 0;
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <StateBadge state={batch.state} />
        <Text size="sm" c="dimmed">
          {t('madeBy', {
            source: t(`source.${batch.source.kind}`),
            at: format.dateTime(batch.createdAt),
            by: batch.createdBy,
          })}
        </Text>
      </Group>
      <CountCards batch={batch} />
      <Section title={t('section.raters')} hint={t('section.ratersHint')}>
        <RaterTable raters={batch.raterFigures} />
      </Section>
      <Section title={t('section.agreement')} hint={t('section.agreementHint')}>
        {nothing ? <Text c="dimmed">{t('noAgreement')}</Text> : <AgreementFigures agreement={agreement} />}
      </Section>
      <Section title={t('section.plan')} hint={t('section.planHint', { ceiling: format.score(batch.targetCeiling) })}>
        <PlanTable plans={batch.raters} />
      </Section>
      <Section title={t('section.items')}>
        <ItemTable batchId={batch.id} dimensions={batch.dimensions} />
      </Section>
    </Stack>
  );
}
