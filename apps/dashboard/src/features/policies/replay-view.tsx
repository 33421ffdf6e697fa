import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { PolicyReplay, ReplaySide } from '@pointsman/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Cell, type Column, DataTable, download, Estimate, toCsv } from '../../components/index.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';

type Name = Exclude<keyof ReplaySide, 'models'>;
const LINES = [
  'costPerRequestNanoUsd',
  'costPerMonthNanoUsd',
  'quality',
  'belowMinimum',
  'latencyP95Ms',
  'refused',
] as const satisfies readonly Name[];

/** A difference without its sign would read as an amount. */
const signed = (as: (value: number) => string) => (value: number) => (value > 0 ? `+${as(value)}` : as(value));

const FORMATS: Record<
  Name,
  { as(format: Format): (value: number) => string; change(format: Format): (value: number) => string }
> = {
  costPerRequestNanoUsd: { as: (format) => format.money, change: (format) => signed(format.money) },
  costPerMonthNanoUsd: { as: (format) => format.money, change: (format) => signed(format.money) },
  quality: { as: (format) => format.score, change: (format) => format.signedScore },
  belowMinimum: { as: (format) => format.share, change: (format) => format.signedShare },
  latencyP95Ms: { as: (format) => format.duration, change: (format) => signed(format.duration) },
  refused: { as: (format) => format.share, change: (format) => format.signedShare },
};

/** Now, next, and the difference, each with its interval; then who would answer; then how far to trust it. */
export function ReplayView({ replay }: { replay: PolicyReplay }) {
  const { t } = useTranslation('policies');
  const format = useFormat();
  return (
    <Stack gap="md">
      {replay.tooFew && (
        <Alert color="yellow" role="note">
          {t('replay.tooFew', { count: replay.used })}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          aria-label={t('replay.download')}
          onClick={() => download(`replay-${replay.policy}.csv`, toCsv(CSV_HEADER, csvRows(replay)))}
        >
          {t('replay.csv')}
        </Button>
      </Group>
      <DataTable
        caption={t('replay.title')}
        columns={figureColumns(replay, t, format)}
        rows={LINES}
        rowKey={(name) => name}
      />
      <Text size="sm">
        {t('replay.otherModel')}: <Estimate {...replay.change.otherModel} estimated as={format.share} />
      </Text>
      <ModelShares replay={replay} />
      <Text size="sm" c="dimmed" component="div">
        {t('replay.basis', {
          used: format.count(replay.used),
          sampled: format.count(replay.sampled),
          all: format.count(replay.requests),
        })}{' '}
        {replay.skipped.map(({ why, count }) => t('replay.skipped', { count, why: t(`skip.${why}`) })).join(' ')}{' '}
        {replay.policyChangedAt && t('replay.changedAt', { when: format.dateTime(replay.policyChangedAt) })}{' '}
        {t('replay.agreement')} <Estimate {...replay.agreement.share} as={format.share} />.{' '}
        {replay.agreement.differences.map(({ why, count }) => `${t(`difference.${why}`)} (${count})`).join(', ')}
      </Text>
      {replay.newlyAllowed.length > 0 && (
        <Text size="sm">
          {t('replay.newlyAllowed', {
            models: replay.newlyAllowed
              .map(
                ({ modelId, unknown }) =>
                  `${modelId}${unknown > 0 ? ` (${t('replay.unknown', { count: unknown })})` : ''}`,
              )
              .join(', '),
          })}
        </Text>
      )}
    </Stack>
  );
}

function figureColumns(
  replay: PolicyReplay,
  t: (key: string) => string,
  format: Format,
): Column<(typeof LINES)[number]>[] {
  return [
    { key: 'name', header: t('replay.figure'), cell: (name) => t(`replay.line.${name}`) },
    ...(['now', 'next'] as const).map((side) => ({
      key: side,
      header: t(`replay.${side}`),
      align: 'right' as const,
      cell: (name: (typeof LINES)[number]) => (
        <Estimate {...replay[side][name]} estimated as={FORMATS[name].as(format)} />
      ),
    })),
    {
      key: 'change',
      header: t('replay.change'),
      align: 'right',
      cell: (name) => <Estimate {...replay.change[name]} estimated as={FORMATS[name].change(format)} />,
    },
  ];
}

function ModelShares({ replay }: { replay: PolicyReplay }) {
  const { t } = useTranslation('policies');
  const format = useFormat();
  const names = [...new Set([...replay.next.models, ...replay.now.models].map(({ modelId }) => modelId))];
  const shareOf = (side: 'now' | 'next', modelId: string) =>
    replay[side].models.find((model) => model.modelId === modelId)?.share;
  const cell = (side: 'now' | 'next') => (modelId: string) => {
    const share = shareOf(side, modelId);
    return share === undefined ? '–' : <Estimate {...share} as={format.share} />;
  };
  return (
    <DataTable
      caption={t('replay.models')}
      columns={[
        { key: 'model', header: t('replay.models'), cell: (modelId) => modelId },
        { key: 'now', header: t('replay.now'), align: 'right', cell: cell('now') },
        { key: 'next', header: t('replay.next'), align: 'right', cell: cell('next') },
      ]}
      rows={names}
      rowKey={(modelId) => modelId}
    />
  );
}

const CSV_HEADER = [
  'figure',
  'now',
  'now_low',
  'now_high',
  'next',
  'next_low',
  'next_high',
  'change',
  'change_low',
  'change_high',
];

function csvRows(replay: PolicyReplay): Cell[][] {
  const cells = (figure: ReplaySide[Name] | undefined): Cell[] => [
    figure?.value,
    figure?.interval?.low,
    figure?.interval?.high,
  ];
  const shares = [...new Set([...replay.now.models, ...replay.next.models].map(({ modelId }) => modelId))];
  const shareOf = (side: 'now' | 'next', modelId: string) =>
    replay[side].models.find((model) => model.modelId === modelId)?.share;
  return [
    ...LINES.map((name) => [
      name,
      ...cells(replay.now[name]),
      ...cells(replay.next[name]),
      ...cells(replay.change[name]),
    ]),
    ...shares.map((modelId) => [
      `share of ${modelId}`,
      ...cells(shareOf('now', modelId)),
      ...cells(shareOf('next', modelId)),
      ...cells(undefined),
    ]),
  ];
}
