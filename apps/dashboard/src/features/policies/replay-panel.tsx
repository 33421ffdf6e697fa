import { Alert, Button, Card, Group, NumberInput, Skeleton, Text, Title } from '@mantine/core';
import type { Policy } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition, Failed } from '../../components/index.ts';
import { isSame } from './policy-draft.ts';
import { useReplay } from './queries.ts';
import { ReplayView } from './replay-view.tsx';

type Props = {
  clientId: string;
  policy: Policy;
  isValid: boolean;
  /** Called with the very policy whose replay is on the screen. */
  onSeen(policy: Policy): void;
};

const MOST_DAYS = 30;

/** What the client's last days would have been under the policy as it stands in the form. */
export function ReplayPanel({ clientId, policy, isValid, onSeen }: Props) {
  const { t } = useTranslation('policies');
  const [days, setDays] = useState(7);
  const replay = useReplay();
  const run = () => replay.mutate({ client: clientId, policy, days }, { onSuccess: () => onSeen(policy) });
  return (
    <Card withBorder padding="md" component="section" aria-label={t('replay.title')} aria-busy={replay.isPending}>
      <Group justify="space-between" align="flex-end" mb="sm">
        <Group gap={6}>
          <Title order={2} size="h4">
            {t('replay.title')}
          </Title>
          <Definition term={t('replay.title')}>{t('replay.meaning')}</Definition>
        </Group>
        <Group align="flex-end" gap="xs">
          <NumberInput
            label={t('replay.days')}
            size="xs"
            w={110}
            min={1}
            max={MOST_DAYS}
            value={days}
            onChange={(value) => typeof value === 'number' && setDays(value)}
          />
          <Button size="xs" onClick={run} disabled={!isValid} loading={replay.isPending}>
            {t('replay.run')}
          </Button>
        </Group>
      </Group>
      {replay.isIdle && (
        <Text size="sm" c="dimmed">
          {t('replay.idle')}
        </Text>
      )}
      {replay.isPending && <Skeleton height={200} role="status" aria-label={t('shell:state.loading')} />}
      {replay.error && <Failed error={replay.error} retry={run} />}
      {replay.data && !replay.isPending && (
        <>
          {replay.variables !== undefined && !isSame(replay.variables.policy as Policy, policy) && (
            <Alert color="yellow" role="note" mb="sm">
              {t('replay.stale')}
            </Alert>
          )}
          <ReplayView replay={replay.data} />
        </>
      )}
    </Card>
  );
}
