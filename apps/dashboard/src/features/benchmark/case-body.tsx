import { Card, Code, Group, Stack, Text, Title } from '@mantine/core';
import type { ShownCase, ShownCheck } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { UserText } from '../../components/index.ts';
import { byDimension } from './dimensions.ts';

/** A case whole: messages, reference, checks and weights. Its texts are shown as they are. */
export function CaseBody({ subject }: { subject: ShownCase }) {
  const { t } = useTranslation('benchmark');
  const { domain, task, language, difficulty, provenance, licence, messages, reference } = subject;
  const facts = [domain, task, language, difficulty, provenanceText(provenance), licence];
  return (
    <Card withBorder padding="md" component="section" aria-label={t('case')}>
      <Stack gap="sm">
        <Text size="sm">{facts.join(' · ')}</Text>
        <Title order={2} size="h4">
          {t('messages')}
        </Title>
        {messages.map(({ role, text }, index) => (
          <Stack key={index} gap={2}>
            <Text size="xs" fw={600}>
              {role}
            </Text>
            <UserText label={t('messageOf', { role, number: index + 1 })}>{text}</UserText>
          </Stack>
        ))}
        <Title order={2} size="h4">
          {t('reference')}
        </Title>
        {reference === undefined ? (
          <Text c="dimmed">{t('noReference')}</Text>
        ) : (
          <UserText label={t('reference')}>{reference}</UserText>
        )}
        <Checks subject={subject} />
      </Stack>
    </Card>
  );
}

function Checks({ subject: { checks, weights } }: { subject: ShownCase }) {
  const { t } = useTranslation('benchmark');
  return (
    <>
      <Title order={2} size="h4">
        {t('checks')}
      </Title>
      {checks.length === 0 && <Text c="dimmed">{t('noChecks')}</Text>}
      {checks.map((check, index) => (
        <Check key={index} check={check} />
      ))}
      <Title order={2} size="h4">
        {t('weights')}
      </Title>
      <Group gap="md">
        {byDimension(weights).map(({ dimension, value: weight }) => (
          <Text key={dimension} size="sm">
            {t(`shell:dimension.${dimension}`)}: {weight === 0 ? t('notScored') : weight}
          </Text>
        ))}
      </Group>
    </>
  );
}

function Check({ check: { kind, dimension, part, weight, settings } }: { check: ShownCheck }) {
  const { t } = useTranslation('benchmark');
  const facts = [
    t('checkOf', { kind }),
    t(`shell:dimension.${dimension}`),
    part && t('checkPart', { part }),
    t('checkWeight', { weight }),
  ];
  return (
    <Stack gap={2}>
      <Text size="sm">{facts.filter(Boolean).join(' · ')}</Text>
      <Code block className="user-text">
        {JSON.stringify(settings, undefined, 2)}
      </Code>
    </Stack>
  );
}

const provenanceText = ({ kind, ...rest }: Record<string, unknown>): string =>
  [kind, ...Object.values(rest)].map(String).join(' ');
