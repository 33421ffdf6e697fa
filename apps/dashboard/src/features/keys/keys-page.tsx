import { Button, Group, Switch, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ListedKey } from '@pointsman/contracts';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/use-client.ts';
import { ClientNeeded, PageFrame, QueryState, useFilters } from '../../components/index.ts';
import { BudgetCards } from './budget-cards.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { EditKeyDialog } from './edit-key-dialog.tsx';
import { isUsable, keyState } from './key-state.ts';
import { type KeyAction, KeyTable } from './key-table.tsx';
import { useBudget, useKeys } from './queries.ts';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';
import { Snippets } from './snippets.tsx';

/** A client's keys, and what may be spent with them. */
export function Page() {
  const { t } = useTranslation('keys');
  const { clientId, canChange } = useClient();
  const [creating, create] = useDisclosure(false);
  return (
    <PageFrame
      title={t('title')}
      description={t('description')}
      actions={
        clientId !== undefined &&
        canChange && (
          <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
            {t('create.open')}
          </Button>
        )
      }
    >
      <ClientNeeded>
        {(id) => (
          <>
            <CreateKeyDialog clientId={id} opened={creating} onClose={create.close} />
            <Budgets clientId={id} canChange={canChange} />
            <Keys clientId={id} canChange={canChange} />
            <Title order={2} size="h4">
              {t('snippets.title')}
            </Title>
            <Snippets label={t('snippets.title')} />
          </>
        )}
      </ClientNeeded>
    </PageFrame>
  );
}

type Props = { clientId: string; canChange: boolean };

function Budgets({ clientId, canChange }: Props) {
  const { t } = useTranslation('keys');
  const budget = useBudget(clientId);
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('budget.title')}
        </Title>
        {canChange && budget.data && (
          <Button variant="default" size="xs" onClick={dialog.open}>
            {t('budget.change')}
          </Button>
        )}
      </Group>
      <QueryState query={budget}>
        {(data) => (
          <>
            <BudgetCards budget={data} />
            <BudgetDialog clientId={clientId} budget={data} opened={opened} onClose={dialog.close} />
          </>
        )}
      </QueryState>
    </>
  );
}

function Keys({ clientId, canChange }: Props) {
  const { t } = useTranslation('keys');
  const keys = useKeys(clientId);
  const [filters, setFilters] = useFilters({ ended: false });
  const [asked, setAsked] = useState<{ action: KeyAction; apiKey: ListedKey } | undefined>();
  const nowMs = Date.now();
  return (
    <>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('keys')}
        </Title>
        <Switch
          size="sm"
          label={t('showEnded')}
          checked={filters.ended}
          onChange={(event) => setFilters({ ended: event.currentTarget.checked })}
        />
      </Group>
      <QueryState query={keys} isEmpty={({ data }) => data.length === 0} empty={t('empty')}>
        {({ data }) => (
          <KeyTable
            keys={data.filter((key) => filters.ended || isUsable(keyState(key, nowMs)))}
            nowMs={nowMs}
            onAction={canChange ? (action, apiKey) => setAsked({ action, apiKey }) : undefined}
          />
        )}
      </QueryState>
      {asked && <ActionDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function ActionDialog({ action, apiKey, onClose }: { action: KeyAction; apiKey: ListedKey; onClose(): void }) {
  if (action === 'edit') return <EditKeyDialog apiKey={apiKey} onClose={onClose} />;
  if (action === 'rotate') return <RotateKeyDialog apiKey={apiKey} onClose={onClose} />;
  return <RevokeKeyDialog apiKey={apiKey} onClose={onClose} />;
}
