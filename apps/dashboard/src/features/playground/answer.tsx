import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failed, UserText } from '../../components/index.ts';
import { DecisionLink, EndFacts } from './end-facts.tsx';
import type { RunState } from './run-state.ts';

type Props = { state: RunState; onContinue(): void };

/** The answer as it comes, what it cost, and where its decision is explained. */
export function Answer({ state, onContinue }: Props) {
  const { t } = useTranslation('playground');
  const { status, text, reasoning, end, error, broken, decisionId } = state;
  const isShown =
    text !== '' || reasoning !== '' || status === 'running' || decisionId !== undefined || error !== undefined;
  if (!isShown) return null;
  const wasRun = status === 'running' || decisionId !== undefined;
  return (
    <Stack gap="xs">
      {wasRun && (
        <Title order={2} size="h4">
          {t('answer.title')}
        </Title>
      )}
      <Text size="xs" c="dimmed" role="status">
        {statusText(state, t)}
      </Text>
      {reasoning !== '' && (
        <details>
          <summary>{t('answer.reasoning')}</summary>
          <UserText label={t('answer.reasoning')}>{reasoning}</UserText>
        </details>
      )}
      {text !== '' && (
        <UserText label={t('answer.label')} maxHeight={480}>
          {text}
        </UserText>
      )}
      {broken !== undefined && (
        <Alert color="red" role="alert">
          <Text size="sm">{broken}</Text>
        </Alert>
      )}
      {error !== undefined && <Failed error={error} />}
      {end !== undefined && <EndFacts end={end} expected={expectedOf(state)} />}
      {end === undefined && status === 'stopped' && decisionId !== undefined && (
        <DecisionLink id={decisionId}>{t('end.why')}</DecisionLink>
      )}
      {end?.outcome === 'answered' && text !== '' && (
        <Group>
          <Button size="xs" variant="default" onClick={onContinue}>
            {t('answer.continue')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function statusText({ status, broken, error }: RunState, t: (key: string) => string): string {
  if (status === 'running') return t('answer.running');
  if (status === 'stopped') return t('answer.stopped');
  if (error !== undefined || broken !== undefined) return t('answer.failed');
  return status === 'done' ? t('answer.done') : '';
}

const expectedOf = ({ preview }: RunState): number | undefined =>
  preview?.choice.kind === 'chosen' ? preview.choice.expectedCostNanoUsd : undefined;
