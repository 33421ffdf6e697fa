import { MultiSelect, Select, TextInput } from '@mantine/core';
import type { Client } from '@pointsman/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { usePolicyNames, useRegions } from './queries.ts';
import { changed, Section } from './section.tsx';

/** Name, default policy, and where requests may go. */
export function RoutingSection({ client, canChange }: { client: Client; canChange: boolean }) {
  const { t } = useTranslation('client-settings');
  const isOperator = useMe().role === 'operator';
  const [name, setName] = useState(client.name);
  const [policy, setPolicy] = useState(client.policy);
  const [regions, setRegions] = useState(client.regions ?? []);
  const policies = usePolicyNames(client.id);
  const known = useRegions();
  // An owner narrows what was granted; what is beyond it is the operator's to give.
  const offered = isOperator || client.regions === undefined ? [...new Set([...known, ...regions])] : client.regions;
  const change = changed({ name: name.trim(), policy, regions: regions.length === 0 ? null : regions }, client);
  const facts = [
    [t('routing.name'), client.name],
    [t('routing.policy'), client.policy],
    [t('routing.regions'), client.regions?.join(', ') ?? t('routing.anywhere')],
  ] as const;
  return (
    <Section clientId={client.id} title={t('routing.title')} text={t('routing.text')} {...{ change, canChange, facts }}>
      <TextInput
        label={t('routing.name')}
        description={isOperator ? undefined : t('routing.nameHint')}
        readOnly={!isOperator}
        maxLength={128}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('routing.policy')}
        description={t('routing.policyHint')}
        allowDeselect={false}
        data={[...new Set([...policies, policy])]}
        value={policy}
        onChange={(value) => setPolicy(value ?? policy)}
      />
      <MultiSelect
        label={t('routing.regions')}
        description={t(isOperator ? 'routing.regionsHint' : 'routing.regionsHintOwner')}
        placeholder={regions.length === 0 ? t('routing.anywhere') : undefined}
        data={offered}
        value={regions}
        onChange={setRegions}
      />
    </Section>
  );
}
