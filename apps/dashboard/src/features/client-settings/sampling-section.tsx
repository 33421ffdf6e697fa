import { List, NumberInput, Switch, Text } from '@mantine/core';
import type { Client, Sampling } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changed, Section } from './section.tsx';
import { StoredSamplesView } from './stored-samples.tsx';

const PERCENT = 100;
const FIRST_SHARE = 0.01;
const FIRST_DAYS = 30;

/** Whether prompts and replies are kept for people to rate: off unless somebody switches it on here. */
export function SamplingSection({ client, canChange }: { client: Client; canChange: boolean }) {
  const { t } = useTranslation('client-settings');
  const { sampling } = client;
  const [isOn, setOn] = useState(sampling !== undefined);
  const [percent, setPercent] = useState<string | number>(toPercent(sampling?.share ?? FIRST_SHARE));
  const [days, setDays] = useState<string | number>(sampling?.retentionDays ?? FIRST_DAYS);
  const wanted = isOn ? { share: Number(percent) / PERCENT, retentionDays: Number(days) } : null;
  const isWhole = !isOn || (percent !== '' && days !== '');
  return (
    <Section
      clientId={client.id}
      title={t('sampling.title')}
      text={t('sampling.text')}
      change={isWhole ? changed({ sampling: wanted }, client) : undefined}
      canChange={canChange}
      facts={factsOf(sampling, t)}
      extra={<StoredSamplesView clientId={client.id} canChange={canChange} />}
    >
      <WhatIsKept />
      <Switch label={t('sampling.on')} checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
      <NumberInput
        label={t('sampling.share')}
        description={t('sampling.shareHint')}
        suffix=" %"
        min={0}
        max={PERCENT}
        decimalScale={3}
        hideControls
        disabled={!isOn}
        value={percent}
        onChange={setPercent}
      />
      <NumberInput
        label={t('sampling.days')}
        min={1}
        max={90}
        allowDecimal={false}
        hideControls
        disabled={!isOn}
        value={days}
        onChange={setDays}
      />
    </Section>
  );
}

function factsOf(sampling: Sampling | undefined, t: (key: string) => string): [string, string][] {
  if (sampling === undefined) return [[t('sampling.on'), t('no')]];
  return [
    [t('sampling.on'), t('yes')],
    [t('sampling.share'), `${toPercent(sampling.share)} %`],
    [t('sampling.days'), String(sampling.retentionDays)],
  ];
}

/** Without the dust of binary fractions. */
const toPercent = (share: number) => Number((share * PERCENT).toPrecision(6));

function WhatIsKept() {
  const { t } = useTranslation('client-settings');
  return (
    <>
      <List size="sm" spacing={4}>
        {['redacted', 'names', 'who', 'erased'].map((point) => (
          <List.Item key={point}>{t(`sampling.point.${point}`)}</List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">
        {t('sampling.offHint')}
      </Text>
    </>
  );
}
