import { Box, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton, notifyDone, notifyFailed, QueryState } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { useEraseSamples, useStoredSamples } from './queries.ts';

/** How much is stored, and its erasure: for one end user, or all of it. */
export function StoredSamplesView({ clientId, canChange }: { clientId: string; canChange: boolean }) {
  const { t } = useTranslation('client-settings');
  const format = useFormat();
  const samples = useStoredSamples(clientId);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('stored.title')}
      </Title>
      <QueryState query={samples} height={24}>
        {({ stored, oldestAt }) => (
          <Text size="sm">
            {t('stored.count', { count: stored, shown: format.count(stored) })}
            {oldestAt !== undefined && ` ${t('stored.oldest', { day: format.day(oldestAt) })}`}
          </Text>
        )}
      </QueryState>
      {canChange && <EraseForm clientId={clientId} />}
    </Stack>
  );
}

function EraseForm({ clientId }: { clientId: string }) {
  const { t } = useTranslation('client-settings');
  const [endUser, setEndUser] = useState('');
  const erase = useEraseSamples(clientId);
  const eraseThose = (whose: string) =>
    erase.mutate(whose, {
      onSuccess: ({ erased }) => notifyDone(t('erase.done', { count: erased })),
      onError: notifyFailed(t('erase.failed')),
    });
  return (
    <Group align="flex-end" gap="xs">
      <Box style={{ flexGrow: 1 }}>
        <TextInput
          label={t('erase.endUser')}
          description={t('erase.endUserHint')}
          maxLength={256}
          value={endUser}
          onChange={(event) => setEndUser(event.currentTarget.value)}
        />
      </Box>
      <ConfirmButton
        variant="default"
        label={t('erase.one')}
        question={t('erase.oneQuestion', { endUser })}
        disabled={endUser === ''}
        onConfirm={() => eraseThose(endUser)}
      />
      <ConfirmButton
        color="red.9"
        label={t('erase.all')}
        question={t('erase.allQuestion')}
        onConfirm={() => eraseThose('')}
      />
    </Group>
  );
}
