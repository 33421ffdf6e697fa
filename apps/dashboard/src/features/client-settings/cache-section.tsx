import { NumberInput, Switch } from '@mantine/core';
import type { Client } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changed, Section } from './section.tsx';

const MINUTE_S = 60;
/** Thirty days, as the API has it. */
const LONGEST_MINUTES = 43_200;

/** Whether the same request is answered again from memory, and for how long. */
export function CacheSection({ client, canChange }: { client: Client; canChange: boolean }) {
  const { t } = useTranslation('client-settings');
  const [enabled, setEnabled] = useState(client.cache.enabled);
  const [minutes, setMinutes] = useState<string | number>(client.cache.ttlSeconds / MINUTE_S);
  const ttlSeconds = Math.max(1, Math.round(Number(minutes) * MINUTE_S));
  const change = changed({ cache: { enabled, ttlSeconds } }, client);
  const { cache } = client;
  const facts = [
    [t('cache.enabled'), t(cache.enabled ? 'yes' : 'no')],
    [t('cache.minutes'), String(cache.ttlSeconds / MINUTE_S)],
  ] as const;
  return (
    <Section clientId={client.id} title={t('cache.title')} text={t('cache.text')} {...{ change, canChange, facts }}>
      <Switch
        label={t('cache.enabled')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <NumberInput
        label={t('cache.minutes')}
        min={1}
        max={LONGEST_MINUTES}
        disabled={!enabled}
        hideControls
        value={minutes}
        onChange={setMinutes}
      />
    </Section>
  );
}
