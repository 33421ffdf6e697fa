import { Grid, Text } from '@mantine/core';
import type { AdjudicationItem, AnnotationGuide } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Empty, PageFrame, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { ReplyView } from '../annotate/index.ts';
import { DecisionForm } from './decision-form.tsx';
import { type Disputes, useDisputes } from './use-disputes.ts';

/** Replies on which raters disagree, for a third person to settle. */
export function Page() {
  const { t } = useTranslation('adjudication');
  const disputes = useDisputes();
  return (
    <PageFrame title={t('title')} description={t('description')}>
      <QueryState query={disputes.work} height={480}>
        {({ item, batch, waiting }) =>
          item === undefined || batch === undefined ? (
            <Empty>{t('empty')}</Empty>
          ) : (
            <Dispute key={item.id} item={item} batch={batch} waiting={waiting} disputes={disputes} />
          )
        }
      </QueryState>
    </PageFrame>
  );
}

type DisputeProps = { item: AdjudicationItem; batch: AnnotationGuide; waiting: number; disputes: Disputes };

function Dispute({ item, batch, waiting, disputes }: DisputeProps) {
  const { t } = useTranslation('adjudication');
  const format = useFormat();
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {t('waiting', { count: waiting, formatted: format.count(waiting), title: batch.title })}
      </Text>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <ReplyView item={item} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <DecisionForm item={item} batch={batch} disputes={disputes} />
        </Grid.Col>
      </Grid>
    </>
  );
}
