import { Alert, Anchor, Group } from '@mantine/core';
import type { Policy } from '@pointsman/contracts';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/index.ts';
import { useClient } from '../../app/use-client.ts';
import { Failed, PageFrame, QueryState } from '../../components/index.ts';
import { NEW_POLICY } from './policy-draft.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { usePolicies } from './queries.ts';

/** One policy: what it asks, and what the last days would have been under it. */
export function Page() {
  const { t } = useTranslation('policies');
  const { name } = useParams({ strict: false }) as { name: string };
  const { clientId } = useClient();
  const { query, listed } = usePolicies(clientId);
  const isNew = name === 'new';
  return (
    <PageFrame
      title={isNew ? t('create') : t('policyTitle', { name })}
      description={
        <Anchor component={Link} to="/policies" size="sm" underline="always">
          {t('back')}
        </Anchor>
      }
    >
      <QueryState query={query} height={480}>
        {() => {
          if (listed === undefined) return null;
          if (isNew) return <PolicyEditor saved={undefined} start={NEW_POLICY} isShared={false} />;
          const found = listed.find(({ policy }) => policy.name === name);
          if (found === undefined) return <Failed error={missing(t('missing', { name }))} />;
          return (
            <>
              {found.isGlobal && clientId !== undefined && <SharedNote policy={found.policy} />}
              <PolicyEditor key={clientId} saved={found.policy} start={found.policy} isShared={found.isGlobal} />
            </>
          );
        }}
      </QueryState>
    </PageFrame>
  );
}

const missing = (message: string) => new ApiError(404, { code: 'not_found', message });

function SharedNote({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  return (
    <Group>
      <Alert color="gray" role="note">
        {t('sharedNote', { name: policy.name })}
      </Alert>
    </Group>
  );
}
