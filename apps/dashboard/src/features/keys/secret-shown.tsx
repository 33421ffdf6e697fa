import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import type { IssuedKey } from '@pointsman/contracts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { Snippets } from './snippets.tsx';

/** The secret, this once, and what to do with it. */
export function SecretShown({ issued, onClose }: { issued: IssuedKey; onClose(): void }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const { key, secret } = issued;
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
        <Text size="sm" fw={600}>
          {t('secret.once')}
        </Text>
        <Text size="sm">{t('secret.keep')}</Text>
      </Alert>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('secret.label')}
          value={secret}
          readOnly
          style={{ flexGrow: 1 }}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <CopyButton text={secret} label={t('secret.copy')} />
      </Group>
      {key.previous && (
        <Text size="sm">
          {t('secret.previous', { prefix: key.previous.prefix, until: format.dateTime(key.previous.until) })}
        </Text>
      )}
      <Title order={3} size="h5">
        {t('snippets.withSecret')}
      </Title>
      <Snippets apiKey={secret} label={t('snippets.withSecret')} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('secret.done')}</Button>
      </Group>
    </Stack>
  );
}
