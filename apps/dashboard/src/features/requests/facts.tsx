import { Card, Table, Title } from '@mantine/core';
import type { DecisionExplanation } from '@pointsman/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';

/** Everything else that the record says. */
export function Facts({ explanation }: { explanation: DecisionExplanation }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const lines = factsOf(explanation, t, format).filter(([, value]) => value !== undefined && value !== '');
  return (
    <Card withBorder padding="md" component="section" aria-label={t('facts.title')}>
      <Title order={2} size="h4" mb="sm">
        {t('facts.title')}
      </Title>
      <Table>
        <Table.Tbody>
          {lines.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={{ base: 130, sm: 220 }}>
                {t(`facts.${name}`)}
              </Table.Th>
              <Table.Td className="user-text">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function factsOf(
  { decision, latency }: DecisionExplanation,
  t: TFunction<'requests'>,
  format: Format,
): [string, string | undefined][] {
  const duration = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms));
  const { usage, tags, familiarity, choiceProbability } = decision;
  const tokens = (count: number | undefined) => (count === undefined ? t('facts.unknown') : format.count(count));
  return [
    ['id', decision.id],
    ['at', format.dateTime(decision.at)],
    ['requestedModel', decision.requestedModel],
    ['policy', decision.policy],
    ['kind', [decision.domain, decision.task].filter(Boolean).join(' · ')],
    ['familiarity', familiarity === undefined ? undefined : format.share(familiarity)],
    [
      'tokens',
      t('facts.tokensText', {
        input: tokens(usage.inputTokens),
        cached: tokens(usage.cachedInputTokens),
        output: tokens(usage.outputTokens),
      }),
    ],
    [
      'latency',
      t('facts.latencyText', {
        own: duration(latency.overheadMs),
        predict: duration(latency.predictMs),
        queue: duration(latency.queueMs),
        provider: duration(latency.providerMs),
        first: duration(latency.firstTokenMs),
      }),
    ],
    ['stream', decision.stream ? t('facts.yes') : t('facts.no')],
    ['cache', t(`facts.cacheState.${decision.cache}`)],
    ['arm', `${decision.arm} (${format.share(choiceProbability)})`],
    ['router', decision.routerVersion],
    ['catalog', decision.catalogVersion],
    ['key', decision.keyId],
    ['session', decision.session],
    ['endUser', decision.endUser],
    [
      'tags',
      tags &&
        Object.entries(tags)
          .map(([key, value]) => `${key}=${value}`)
          .join(', '),
    ],
  ];
}
