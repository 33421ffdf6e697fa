import { Anchor, SimpleGrid, Text } from '@mantine/core';
import type { Decision } from '@pointsman/contracts';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyButton, Definition, Estimate, PageFrame, QueryState, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Attempts } from './attempts.tsx';
import { CandidatesCard } from './candidates-card.tsx';
import { CostText } from './cost-text.tsx';
import { explainDecision, intervalOf } from './explain-decision.ts';
import { Facts } from './facts.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import { useDecision } from './queries.ts';
import { Story } from './story.tsx';

/** One request: which model answered, why, and what came of it. */
export function Page() {
  const { t } = useTranslation('requests');
  const { id } = useParams({ strict: false }) as { id: string };
  const decision = useDecision(id);
  return (
    <PageFrame
      title={t('decision.title')}
      description={
        <Anchor component={Link} to="/requests" size="sm" underline="always">
          {t('decision.back')}
        </Anchor>
      }
      actions={<CopyButton text={id} label={t('decision.copyId')} />}
    >
      <QueryState query={decision} height={480}>
        {(data) => (
          <>
            <Story decision={data} />
            <Figures decision={data} />
            {data.candidates.length > 0 && <CandidatesCard decision={data} />}
            {data.attempts.length > 0 && <Attempts decision={data} />}
            <Facts decision={data} />
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

function Figures({ decision }: { decision: Decision }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { served, costRatio, bar } = explainDecision(decision);
  const { latency, cost, outcome } = decision;
  const expected = served?.expectedCostNanoUsd;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      <StatCard label={t('column.outcome')} note={decision.errorCode}>
        <OutcomeBadge outcome={outcome} />
      </StatCard>
      <StatCard
        label={t('column.cost')}
        note={
          expected !== undefined &&
          costRatio !== undefined &&
          t('figure.expected', { cost: format.money(expected), ratio: format.share(costRatio) })
        }
      >
        <CostText cost={cost} />
      </StatCard>
      <StatCard
        label={t('figure.quality')}
        note={bar !== undefined && t('figure.bar', { bar: format.score(bar) })}
        definition={<Definition term={t('figure.quality')}>{t('figure.qualityMeaning')}</Definition>}
      >
        {served?.overall === undefined ? (
          <Text span inherit c="dimmed">
            {t('figure.noEstimate')}
          </Text>
        ) : (
          <Estimate value={served.overall.mean} interval={intervalOf(served.overall)} estimated as={format.score} />
        )}
      </StatCard>
      <StatCard
        label={t('column.latency')}
        note={t('figure.latencyParts', {
          first: latency.firstTokenMs === undefined ? '–' : format.duration(latency.firstTokenMs),
          own: format.duration(latency.overheadMs),
        })}
      >
        <span className="number">{format.duration(latency.totalMs)}</span>
      </StatCard>
    </SimpleGrid>
  );
}
