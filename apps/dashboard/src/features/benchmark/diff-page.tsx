import { Badge, Card, Code, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import type { BenchmarkDiff, ShownFieldChange } from '@pointsman/contracts';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, PageFrame, Pager, QueryState, useFilters } from '../../components/index.ts';
import { PageLink } from './page-link.tsx';
import { PAGE_SIZE, useDiff } from './queries.ts';

/** What became of one version in another, case by case and field by field. */
export function Page() {
  const { t } = useTranslation('benchmark');
  const { name = '' } = useParams({ strict: false }) as { name?: string };
  const [filters, setFilters] = useFilters({ from: 1, to: 2, page: 1 });
  const diff = useDiff(name, filters);
  return (
    <PageFrame
      title={t('diffTitle', { name, from: filters.from, to: filters.to })}
      description={<PageLink to="/benchmark">{t('allBenchmarks')}</PageLink>}
    >
      <Group gap="xs" align="flex-end">
        {(['from', 'to'] as const).map((end) => (
          <NumberInput
            key={end}
            label={t(`diff.${end}`)}
            min={1}
            max={10_000}
            w={110}
            value={filters[end]}
            onChange={(value) => setFilters({ [end]: Number(value) || 1, page: 1 })}
            hideControls
          />
        ))}
      </Group>
      <QueryState query={diff} height={240}>
        {(found) => (
          <>
            <Text role="status">{t('diff.counts', { ...found })}</Text>
            {found.data.length === 0 && <Empty>{t('diff.nothing')}</Empty>}
            {found.data.map((one) => (
              <Change
                key={`${one.action} ${one.id}`}
                of={one}
                name={name}
                version={one.action === 'retired' ? found.from : found.to}
              />
            ))}
            <Pager
              page={filters.page}
              hasNext={filters.page * PAGE_SIZE < found.added + found.changed + found.retired}
              onPage={(page) => setFilters({ page })}
            />
          </>
        )}
      </QueryState>
    </PageFrame>
  );
}

type ChangeProps = { of: BenchmarkDiff['data'][number]; name: string; version: number };

function Change({ of: { id, action, change, prompt, fields }, name, version }: ChangeProps) {
  const { t } = useTranslation('benchmark');
  return (
    <Card withBorder padding="sm" component="article" aria-label={`${t(`action.${action}`)}: ${id}`}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="outline" color="gray" tt="none">
            {t(`action.${action}`)}
          </Badge>
          <Title order={2} size="h5">
            <PageLink to={`/benchmark/${name}/${version}/${encodeURIComponent(id)}`}>{id}</PageLink>
          </Title>
        </Group>
        {change !== undefined && (
          <Text size="sm">
            {change.author}: {change.reason}
          </Text>
        )}
        {fields.length === 0 && (
          <Text size="sm" c="dimmed" className="user-text">
            {prompt}
          </Text>
        )}
        {fields.map((field) => (
          <Field key={field.path} of={field} />
        ))}
      </Stack>
    </Card>
  );
}

function Field({ of: { path, before, after } }: { of: ShownFieldChange }) {
  const { t } = useTranslation('benchmark');
  return (
    <div>
      <Text size="xs" fw={600}>
        {path}
      </Text>
      {(
        [
          ['before', before],
          ['after', after],
        ] as const
      ).map(([side, text]) => (
        <Group key={side} gap="xs" wrap="nowrap" align="flex-start">
          <Text size="sm" w={60} style={{ flexShrink: 0 }}>
            {t(`diff.${side}`)}
          </Text>
          {text === undefined ? (
            <Text size="sm" c="dimmed">
              {t('diff.absent')}
            </Text>
          ) : (
            <Code block className="user-text" style={{ flex: 1, minWidth: 0 }}>
              {text}
            </Code>
          )}
        </Group>
      ))}
    </div>
  );
}
