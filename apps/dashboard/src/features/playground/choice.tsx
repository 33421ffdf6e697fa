import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import type { PlaygroundPreview } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { Candidates } from './candidates.tsx';

/** Which model would answer, by which rule and for how much. */
export function ChoiceView({ preview }: { preview: PlaygroundPreview }) {
  const { t } = useTranslation('playground');
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('choice.title')}
      </Title>
      <ChoiceLine preview={preview} />
      <ReadLine preview={preview} />
      {preview.candidates.length > 0 && <Candidates preview={preview} />}
    </Stack>
  );
}

function ChoiceLine({ preview: { choice, policy } }: { preview: PlaygroundPreview }) {
  const { t } = useTranslation('playground');
  const format = useFormat();
  if (choice.kind === 'none') {
    return (
      <Alert color="gray" role="status">
        <Text size="sm" fw={600}>
          {t('choice.none')}
        </Text>
        <Text size="sm">{choice.message}</Text>
      </Alert>
    );
  }
  return (
    <Text size="sm">
      <strong>{choice.plan[0]}</strong>: {t(`reason.${choice.reason}`)}. {t('choice.policy', { policy })}{' '}
      <span className="number estimate">
        {t('choice.expected', { cost: format.money(choice.expectedCostNanoUsd) })}
      </span>
    </Text>
  );
}

function ReadLine({ preview: { domain, task, inputTokens, familiarity } }: { preview: PlaygroundPreview }) {
  const { t } = useTranslation('playground');
  const format = useFormat();
  const parts = [
    t('read.tokens', { count: inputTokens }),
    domain !== undefined && t('read.domain', { domain }),
    task !== undefined && t('read.task', { task }),
    familiarity !== undefined && t('read.familiarity', { share: format.share(familiarity) }),
  ].filter((part) => typeof part === 'string');
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {parts.join(' · ')}
      </Text>
    </Group>
  );
}
