import { Group, Text } from '@mantine/core';
import type { ModelPlane } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MixShape, PointShape } from './point-marks.tsx';

/** Which mark is which: only of marks that are there. */
export function ChartLegend({ plane: { points, mix, policy, source } }: { plane: ModelPlane }) {
  const { t } = useTranslation('models');
  const has = (wanted: (point: ModelPlane['points'][number]) => boolean) => points.some(wanted);
  const mark = { cx: 8, cy: 8, radius: 6 };
  const plain = { ...mark, isPrior: false, isBarred: false };
  return (
    <Group gap="md" justify="center">
      {has(({ standing, allowed }) => standing !== 'prior' && allowed !== false) && (
        <Entry label={t(source === 'benchmark' ? 'legend.measured' : 'legend.learned')}>
          <PointShape {...plain} />
        </Entry>
      )}
      {has(({ standing, allowed }) => standing === 'prior' && allowed !== false) && (
        <Entry label={t('legend.prior')}>
          <PointShape {...plain} isPrior />
        </Entry>
      )}
      {has(({ allowed }) => allowed === false) && (
        <Entry label={t('notAllowed')}>
          <PointShape {...plain} isBarred />
        </Entry>
      )}
      {mix?.quality.value !== undefined && (
        <Entry label={t(policy === undefined ? 'mix.title' : 'legend.mix')}>
          <MixShape {...mark} />
        </Entry>
      )}
      {has(({ onFront }) => onFront) && (
        <Entry label={t('legend.front')}>
          <path d="M1,13H8V3H15" fill="none" stroke="var(--mantine-primary-color-filled)" strokeWidth={2} />
        </Entry>
      )}
      {policy?.minOverall !== undefined && (
        <Entry label={t('legend.minimum')}>
          <path d="M0,8H16" stroke="var(--mantine-color-red-7)" strokeWidth={2} strokeDasharray="6 4" />
        </Entry>
      )}
      <Entry label={t('legend.interval')}>
        <path d="M8,1V15M5,1H11M5,15H11" stroke="var(--mantine-color-gray-5)" />
      </Entry>
    </Group>
  );
}

function Entry({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap">
      <svg width={16} height={16} aria-hidden>
        {children}
      </svg>
      <Text size="xs">{label}</Text>
    </Group>
  );
}
