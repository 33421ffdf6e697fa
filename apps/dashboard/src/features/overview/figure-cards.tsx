import { SimpleGrid, Text } from '@mantine/core';
import type { Figure, OverviewTotals } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Definition, Estimate, StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Change, Growth } from './change.tsx';

type Props = { totals: OverviewTotals; previous: OverviewTotals | undefined };

export const spentOf = ({ spend }: Pick<OverviewTotals, 'spend'>): number =>
  spend.exactNanoUsd + spend.estimatedNanoUsd;

/** The figures of the period, each against the period before. */
export function FigureCards({ totals, previous }: Props) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const points = usePoints();
  const shareCard = (name: 'oversized' | 'undersized' | 'errors' | 'approval', estimated: boolean) => (
    <FigureCard
      name={name}
      now={totals[name]}
      before={previous?.[name]}
      as={format.share}
      asChange={points}
      unit={t('points')}
      estimated={estimated}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm">
      <SpendCard totals={totals} previous={previous} />
      <RequestsCard totals={totals} previous={previous} />
      <FigureCard
        name="quality"
        now={totals.quality}
        before={previous?.quality}
        as={format.score}
        asChange={format.signedScore}
        estimated
      />
      <SavedCard totals={totals} previous={previous} />
      {shareCard('oversized', true)}
      {shareCard('undersized', true)}
      <LatencyCard totals={totals} previous={previous} />
      {shareCard('errors', false)}
      {shareCard('approval', false)}
    </SimpleGrid>
  );
}

/** A difference of shares in percentage points. */
function usePoints(): (difference: number) => string {
  const { language } = useFormat();
  const points = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  return (difference) => points.format(100 * difference);
}

type FigureCardProps = {
  name: 'quality' | 'oversized' | 'undersized' | 'errors' | 'approval';
  now: Figure;
  before: Figure | undefined;
  as(value: number): string;
  asChange(value: number): string;
  unit?: string;
  estimated: boolean;
};

function FigureCard({ name, now, before, as, asChange, unit, estimated }: FigureCardProps) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  return (
    <StatCard
      label={t(`figure.${name}`)}
      definition={<Definition term={t(`figure.${name}`)}>{t(`definition.${name}`)}</Definition>}
      note={
        <>
          <Change now={now} before={before} as={asChange} {...(unit !== undefined && { unit })} />
          {t(`of.${name}`, { count: now.count, formatted: format.count(now.count) })}
        </>
      }
    >
      <Estimate value={now.value} interval={now.interval} estimated={estimated} as={as} />
    </StatCard>
  );
}

function SpendCard({ totals, previous }: Props) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const { estimatedNanoUsd, unknownCount } = totals.spend;
  return (
    <StatCard
      label={t('figure.spend')}
      definition={<Definition term={t('figure.spend')}>{t('definition.spend')}</Definition>}
      note={
        <>
          <Growth now={spentOf(totals)} before={previous && spentOf(previous)} />
          {estimatedNanoUsd > 0 && t('spend.estimated', { amount: format.money(estimatedNanoUsd) })}{' '}
          {unknownCount > 0 && t('spend.unknown', { count: unknownCount, formatted: format.count(unknownCount) })}
        </>
      }
    >
      <span className="number">{format.money(spentOf(totals))}</span>
    </StatCard>
  );
}

function RequestsCard({ totals, previous }: Props) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const others = (['cached', 'refused', 'failed', 'abandoned'] as const).filter((name) => totals.outcomes[name] > 0);
  return (
    <StatCard
      label={t('figure.requests')}
      note={
        <>
          <Growth now={totals.requests} before={previous?.requests} />
          {others
            .map((name) => t(`outcome.some.${name}`, { formatted: format.count(totals.outcomes[name]) }))
            .join(', ')}
        </>
      }
    >
      <span className="number">{format.count(totals.requests)}</span>
    </StatCard>
  );
}

function SavedCard({ totals, previous }: Props) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const { nanoUsd, share, strongestNanoUsd, paidNanoUsd } = totals.saved;
  const points = usePoints();
  return (
    <StatCard
      label={t('figure.saved')}
      definition={<Definition term={t('figure.saved')}>{t('definition.saved')}</Definition>}
      note={
        <>
          {share.value !== undefined && (
            <Text span inherit display="block">
              <Estimate value={share.value} interval={share.interval} estimated as={format.share} />
            </Text>
          )}
          <Change now={share} before={previous?.saved.share} as={points} unit={t('points')} />
          {nanoUsd.count > 0 &&
            t('saved.of', {
              paid: format.money(paidNanoUsd),
              strongest: format.money(strongestNanoUsd),
              count: nanoUsd.count,
              formatted: format.count(nanoUsd.count),
            })}
        </>
      }
    >
      <Estimate value={nanoUsd.value} interval={nanoUsd.interval} estimated as={format.money} />
    </StatCard>
  );
}

function LatencyCard({ totals: { latency }, previous }: Props) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const signed = (ms: number) => `${ms < 0 ? '−' : '+'}${format.duration(Math.abs(ms))}`;
  const line = (name: 'p95' | 'firstTokenP50' | 'firstTokenP95') => (
    <Text span inherit display="block">
      {t(`latency.${name}`)}{' '}
      <Estimate value={latency[name].value} interval={latency[name].interval} as={format.duration} inline={false} />
    </Text>
  );
  return (
    <StatCard
      label={t('figure.latency')}
      definition={<Definition term={t('figure.latency')}>{t('definition.latency')}</Definition>}
      note={
        <>
          <Change now={latency.p50} before={previous?.latency.p50} as={signed} />
          {line('p95')}
          {latency.firstTokenP50.count > 0 && line('firstTokenP50')}
          {latency.firstTokenP50.count > 0 && line('firstTokenP95')}
        </>
      }
    >
      <Estimate value={latency.p50.value} interval={latency.p50.interval} as={format.duration} />
    </StatCard>
  );
}
