import { Box, Group, NativeSelect, SegmentedControl, Stack, Switch } from '@mantine/core';
import type { BenchmarkSeries } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type PeriodFilters, PeriodPicker } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { DOMAINS, SOURCES, TASKS } from './lists.ts';

export type ModelsFilters = PeriodFilters & {
  source: string;
  series: string | undefined;
  domain: string | undefined;
  task: string | undefined;
  allowed: boolean;
};

/** These filters are of both views, pages of each: what changes them begins at the first page. */
export const FIRST_PAGE = { page: undefined };

type Props = {
  filters: ModelsFilters;
  onChange(change: Partial<ModelsFilters>): void;
  /** Those there are, once somebody has answered. */
  series: { chosen?: string | undefined; series: readonly BenchmarkSeries[] } | undefined;
  /** Whether a client is looked at, whose policy allows some models. */
  ofClient: boolean;
};

/** What is looked at: both views share it. */
export function FilterBar({ filters, onChange, series, ofClient }: Props) {
  const { t } = useTranslation('models');
  return (
    <Stack gap="xs">
      <Group gap="md" align="flex-end">
        <Box maw="100%" style={{ overflowX: 'auto' }}>
          <SegmentedControl
            size="xs"
            aria-label={t('source.label')}
            value={filters.source}
            onChange={(source) => onChange({ source })}
            data={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
          />
        </Box>
        {filters.source !== 'benchmark' && <PeriodPicker value={filters} onChange={onChange} />}
        {filters.source === 'benchmark' && series !== undefined && series.series.length > 0 && (
          <SeriesSelect {...series} onChange={(chosen) => onChange({ series: chosen })} />
        )}
      </Group>
      <Group gap="md" align="flex-end">
        <NativeSelect
          size="xs"
          label={t('domain.label')}
          value={filters.domain ?? ''}
          onChange={(event) => onChange({ domain: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('domain.all') },
            ...DOMAINS.map((value) => ({ value, label: t(`domain.${value}`) })),
          ]}
        />
        <NativeSelect
          size="xs"
          label={t('task.label')}
          value={filters.task ?? ''}
          onChange={(event) => onChange({ task: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t('task.all') }, ...TASKS.map((value) => ({ value, label: t(`task.${value}`) }))]}
        />
        {ofClient && (
          <Switch
            size="sm"
            pb={4}
            label={t('allowedOnly')}
            checked={filters.allowed}
            onChange={(event) => onChange({ allowed: event.currentTarget.checked })}
          />
        )}
      </Group>
    </Stack>
  );
}

type SeriesProps = NonNullable<Props['series']> & { onChange(series: string): void };

function SeriesSelect({ chosen, series, onChange }: SeriesProps) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const label = ({ benchmark, version, judge, emulated, newestRunAt }: BenchmarkSeries): string =>
    [
      t('series.name', { benchmark, version, judge, day: format.day(newestRunAt) }),
      emulated ? t('series.emulated') : undefined,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <NativeSelect
      size="xs"
      label={t('series.label')}
      value={chosen ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={series.map((each) => ({ value: each.id, label: label(each) }))}
    />
  );
}
