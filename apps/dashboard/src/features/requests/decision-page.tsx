import { Anchor, SimpleGrid, Text } from '@mantine/core';
import type { DecisionExplanation } from '@pointsman/contracts';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyButton, Definition, Estimate, PageFrame, QueryState, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { CertificateCard } from '../policies/index.ts';
import { Attempts } from './attempts.tsx';
import { CandidatesCard } from './candidates-card.tsx';
import { CostText } from './cost-text.tsx';
import { Facts } from './facts.tsx';
import { FeedbackCard } from './feedback-card.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import { useExplanation } from './queries.ts';
import { Story } from './story.tsx';

/** One request: which model answered, why, and what came of it. */
export function Page() {
  const { t } = useTranslation('requests');
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useExplanation(id);
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
      <QueryState query={query} height={480}>
        {(explanation) => (
          <>
            <Story explanation={explanation} />
            <Figures explanation={explanation} />
            {explanation.candidates.length > 0 && <CandidatesCard explanation={explanation} />}
            {explanation.decision.attempts.length > 0 && <Attempts attempts={explanation.decision.attempts} />}
            {explanation.certificate && <CertificateCard certificate={explanation.certificate} />}
            {explanation.feedback.length > 0 && <FeedbackCard feedback={explanation.feedback} />}
            <Facts explanation={explanation} />
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

function Figures({ explanation }: { explanation: DecisionExplanation }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { decision, cost, latency, bar, candidates } = explanation;
  const overall = candidates.find(({ answered }) => answered)?.overall;
  const minimum = bar?.minScores.overall;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      <StatCard label={t('column.outcome')} note={decision.errorCode}>
        <OutcomeBadge outcome={decision.outcome} />
      </StatCard>
      <StatCard
        label={t('column.cost')}
        note={
          cost.expectedNanoUsd !== undefined &&
          cost.ratio !== undefined &&
          t('figure.expected', { cost: format.money(cost.expectedNanoUsd), ratio: format.share(cost.ratio) })
        }
      >
        <CostText cost={decision.cost} />
      </StatCard>
      <StatCard
        label={t('figure.quality')}
        note={minimum !== undefined && t('figure.bar', { bar: format.score(minimum) })}
        definition={<Definition term={t('figure.quality')}>{t('figure.qualityMeaning')}</Definition>}
      >
        {overall === undefined ? (
          <Text span inherit c="dimmed">
            {t('figure.noEstimate')}
          </Text>
        ) : (
          <Estimate value={overall.mean} interval={overall} estimated as={format.score} />
        )}
      </StatCard>
      <StatCard
        label={t('column.latency')}
        note={t('figure.latencyParts', {
          provider: format.duration(latency.providerMs),
          own: format.duration(latency.overheadMs),
        })}
      >
        <span className="number">{format.duration(latency.totalMs)}</span>
      </StatCard>
    </SimpleGrid>
  );
}
