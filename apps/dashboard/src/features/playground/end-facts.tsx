import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import type { PlaygroundEnd } from '@pointsman/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StatCard } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

type Props = {
  end: PlaygroundEnd;
  /** What it was expected to cost, in nano-USD. */
  expected: number | undefined;
};

/** What an answer really took. */
export function EndFacts({ end, expected }: Props) {
  const { t } = useTranslation('playground');
  const format = useFormat();
  const { cost, usage, latency, modelId } = end;
  const tokens = (count: number | undefined) => (count === undefined ? t('shell:number.unknown') : format.count(count));
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
        <StatCard
          label={t('end.cost')}
          note={expected === undefined ? undefined : t('end.expected', { cost: format.money(expected) })}
        >
          {cost.status === 'unknown' ? (
            t('shell:number.unknown')
          ) : (
            <span className={cost.status === 'estimated' ? 'number estimate' : 'number'}>
              {cost.status === 'estimated' ? '≈ ' : ''}
              {format.money(cost.nanoUsd)}
            </span>
          )}
        </StatCard>
        <StatCard
          label={t('end.latency')}
          note={
            latency.firstTokenMs === undefined
              ? undefined
              : t('end.firstToken', { duration: format.duration(latency.firstTokenMs) })
          }
        >
          {format.duration(latency.totalMs)}
        </StatCard>
        <StatCard label={t('end.tokens')} note={t('end.tokensNote')}>
          {tokens(usage.inputTokens)} → {tokens(usage.outputTokens)}
        </StatCard>
      </SimpleGrid>
      <DecisionLink id={end.id}>
        {modelId === undefined ? t('end.why') : t('end.whyModel', { model: modelId })}
      </DecisionLink>
    </Stack>
  );
}

/** To the page that explains a decision. */
export function DecisionLink({ id, children }: { id: string; children: string }) {
  return (
    <Anchor size="sm" component={Link} {...({ to: '/requests/$id', params: { id } } as object)}>
      {children}
    </Anchor>
  );
}
