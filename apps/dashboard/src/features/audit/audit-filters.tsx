import { Group, Select, TextInput } from '@mantine/core';
import type { AuditOutcome } from '@pointsman/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PeriodFilters, PeriodPicker } from '../../components/index.ts';
import { useAuditActions } from './queries.ts';

const OUTCOMES: readonly AuditOutcome[] = ['done', 'refused', 'failed', 'started'];

type Filters = PeriodFilters & {
  actor: string | undefined;
  action: string | undefined;
  outcome: string | undefined;
};
type Props = { filters: Filters; onChange(change: Partial<Filters>): void };

/** By person, action, outcome and period; the client is chosen at the top of the window. */
export function AuditFilters({ filters, onChange }: Props) {
  const { t } = useTranslation('audit');
  const actions = useAuditActions();
  return (
    <Group gap="sm" align="flex-end">
      <ActorFilter key={filters.actor} actor={filters.actor} onChange={(actor) => onChange({ actor })} />
      <Select
        label={t('column.action')}
        placeholder={t('any')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        w={280}
        data={(actions.data?.data ?? []).map(({ action, summary }) => ({ value: action, label: summary || action }))}
        value={filters.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
      />
      <Select
        label={t('column.outcome')}
        placeholder={t('any')}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        w={160}
        data={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
        value={filters.outcome ?? null}
        onChange={(outcome) => onChange({ outcome: outcome ?? undefined })}
      />
      <PeriodPicker value={filters} onChange={onChange} />
    </Group>
  );
}

/** The address is looked up whole: the answer changes when it has been typed, not with every letter. */
function ActorFilter({ actor, onChange }: { actor: string | undefined; onChange(actor: string | undefined): void }) {
  const { t } = useTranslation('audit');
  const [typed, setTyped] = useState(actor ?? '');
  const apply = () => {
    const wanted = typed.trim() === '' ? undefined : typed.trim();
    if (wanted !== actor) onChange(wanted);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('column.actor')}
        placeholder={t('any')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={apply}
      />
    </form>
  );
}
