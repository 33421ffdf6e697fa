import { Button, Card, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import type { Policy } from '@pointsman/contracts';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { ConfirmButton, notifyDone, notifyFailed, QueryState } from '../../components/index.ts';
import { CertificateCard } from './certificate-card.tsx';
import { FloorFields } from './floor-fields.tsx';
import { LimitFields, ModelFields } from './limit-fields.tsx';
import { isSame, problemsOf } from './policy-draft.ts';
import classes from './policy-form.module.css';
import { useCertificate, useModelIds, useRemovePolicy, useSavePolicy } from './queries.ts';
import { ReplayPanel } from './replay-panel.tsx';
import { ScoreFields } from './score-fields.tsx';

type Props = {
  /** As it is now; undefined for a new one. */
  saved: Policy | undefined;
  start: Policy;
  /** The installation's: saving it for a client makes a copy of the client's own. */
  isShared: boolean;
};

/** The form, and beside it what the last days would have been. Saving is open once the replay of this very draft was seen. */
export function PolicyEditor({ saved, start, isShared }: Props) {
  const { t } = useTranslation('policies');
  const { clientId, canChange } = useClient();
  const [draft, setDraft] = useState(start);
  const [seen, setSeen] = useState<Policy>();
  const problems = problemsOf(draft);
  const changed =
    saved === undefined || isShared ? !isSame(draft, start) || saved === undefined : !isSame(draft, saved);
  const wasSeen = clientId === undefined || (seen !== undefined && isSame(seen, draft));
  const disabled = !canChange;
  return (
    <Stack>
      <PolicyForm draft={draft} isNew={saved === undefined} disabled={disabled} onChange={setDraft} />
      {problems.length > 0 && (
        <Text size="sm" c="red.9" role="alert">
          {problems.map((problem) => t(`problem.${problem}`)).join(' ')}
        </Text>
      )}
      {saved?.floor !== undefined && <SavedCertificate name={saved.name} />}
      {clientId === undefined ? (
        <Text size="sm" c="dimmed">
          {t('replay.needsClient')}
        </Text>
      ) : (
        <ReplayPanel clientId={clientId} policy={draft} isValid={problems.length === 0} onSeen={setSeen} />
      )}
      {canChange && (
        <SaveButtons
          draft={draft}
          removable={saved !== undefined && (!isShared || clientId === undefined)}
          ready={changed && problems.length === 0 && wasSeen}
          hint={changed && !wasSeen ? t('replay.first') : undefined}
        />
      )}
      {disabled && (
        <Text size="sm" c="dimmed">
          {t('readOnly')}
        </Text>
      )}
    </Stack>
  );
}

/** Of the floor as it was saved. */
function SavedCertificate({ name }: { name: string }) {
  const { clientId } = useClient();
  const query = useCertificate(clientId, name, true);
  return (
    <QueryState query={query} height={160}>
      {({ certificate }) => <CertificateCard certificate={certificate ?? undefined} />}
    </QueryState>
  );
}

type SaveProps = { draft: Policy; removable: boolean; ready: boolean; hint: string | undefined };

function SaveButtons({ draft, removable, ready, hint }: SaveProps) {
  const { t } = useTranslation('policies');
  const { clientId } = useClient();
  const navigate = useNavigate();
  const save = useSavePolicy();
  const remove = useRemovePolicy();
  const target = { clientId, policy: draft };
  const onSaved = () => {
    notifyDone(t('saved', { name: draft.name }));
    void navigate({ to: `/policies/${draft.name}` as string });
  };
  return (
    <Group>
      <Button
        disabled={!ready}
        loading={save.isPending}
        onClick={() => save.mutate(target, { onSuccess: onSaved, onError: notifyFailed(t('notSaved')) })}
      >
        {t('shell:action.save')}
      </Button>
      {removable && (
        <ConfirmButton
          variant="default"
          label={t('shell:action.delete')}
          question={t('removeQuestion', { name: draft.name })}
          onConfirm={() =>
            remove.mutate(target, {
              onSuccess: () => void navigate({ to: '/policies' as string }),
              onError: notifyFailed(t('notRemoved')),
            })
          }
        />
      )}
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
    </Group>
  );
}

type FormProps = { draft: Policy; isNew: boolean; disabled: boolean; onChange(policy: Policy): void };

function PolicyForm({ draft, isNew, disabled, onChange }: FormProps) {
  const { t } = useTranslation('policies');
  const models = useModelIds();
  const fields = { policy: draft, disabled, onChange };
  return (
    <Stack className={classes.form}>
      {isNew && (
        <TextInput
          label={t('column.name')}
          description={t('help.name')}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value.trim() })}
          maw={360}
        />
      )}
      <Section title={t('section.goal')}>
        <SegmentedControl
          aria-label={t('column.kind')}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind: kind as Policy['kind'] })}
          disabled={disabled}
          data={(['minimise-cost', 'maximise-quality'] as const).map((kind) => ({
            value: kind,
            label: t(`kind.${kind}`),
          }))}
        />
        <Text size="sm" c="dimmed">
          {t(`kindMeaning.${draft.kind}`)}
        </Text>
      </Section>
      <Section title={t('section.scores')}>
        <ScoreFields {...fields} />
      </Section>
      <Section title={t('section.limits')}>
        <LimitFields {...fields} />
      </Section>
      <Section title={t('section.models')}>
        <ModelFields {...fields} models={models} />
      </Section>
      <Section title={t('section.floor')}>
        <FloorFields {...fields} />
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <Stack gap="sm">{children}</Stack>
    </Card>
  );
}
