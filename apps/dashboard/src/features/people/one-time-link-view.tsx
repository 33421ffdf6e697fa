import { Alert, Code, Stack, Text } from '@mantine/core';
import type { OneTimeLink } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** A link that is shown this once. */
export function OneTimeLinkView({ link, expiresAt }: OneTimeLink) {
  const { t } = useTranslation('people');
  const format = useFormat();
  return (
    <Alert color="gray" variant="outline" title={t('link.title')} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('link.text', { until: format.dateTime(expiresAt) })}</Text>
        <Code block w="100%" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {link}
        </Code>
        <CopyButton text={link} label={t('link.copy')} />
      </Stack>
    </Alert>
  );
}
