import { Group, Text } from '@mantine/core';
import type { OverviewDay } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Metric } from './series.tsx';

type Stack = { key: string; colour: string; measure(day: OverviewDay): number };

const STACKS: Record<'spend' | 'requests', readonly Stack[]> = {
  spend: [
    { key: 'spend.exact', colour: 'var(--mantine-color-blue-7)', measure: ({ spend }) => spend.exactNanoUsd },
    { key: 'spend.guessed', colour: 'var(--mantine-color-yellow-6)', measure: ({ spend }) => spend.estimatedNanoUsd },
  ],
  requests: [
    { key: 'outcome.answered', colour: 'var(--mantine-color-blue-7)', measure: ({ outcomes }) => outcomes.answered },
    { key: 'outcome.cached', colour: 'var(--mantine-color-teal-5)', measure: ({ outcomes }) => outcomes.cached },
    { key: 'outcome.refused', colour: 'var(--mantine-color-gray-5)', measure: ({ outcomes }) => outcomes.refused },
    { key: 'outcome.failed', colour: 'var(--mantine-color-red-7)', measure: ({ outcomes }) => outcomes.failed },
    {
      key: 'outcome.abandoned',
      colour: 'var(--mantine-color-yellow-6)',
      measure: ({ outcomes }) => outcomes.abandoned,
    },
  ],
};

const amount = (format: Format, metric: Metric, value: number): string =>
  metric === 'spend' ? format.money(value) : metric === 'requests' ? format.count(value) : format.score(value);

/** One bar a day; quality as a line in the band of its intervals. */
export function SeriesChart({ days, metric }: { days: readonly OverviewDay[]; metric: Metric }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const stacks =
    metric === 'quality' ? [] : STACKS[metric].filter(({ measure }) => days.some((day) => measure(day) > 0));
  const describe = (value: unknown): string =>
    Array.isArray(value)
      ? value.map((end) => format.score(Number(end))).join(' – ')
      : amount(format, metric, Number(value));
  return (
    <>
      <ResponsiveContainer width="100%" height={260}>
        <ComposedChart data={rowsOf(days, stacks)} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--mantine-color-default-border)" />
          <XAxis dataKey="day" tickFormatter={format.shortDay} tick={TICK} minTickGap={24} />
          <YAxis
            width={72}
            tick={TICK}
            domain={metric === 'quality' ? ['auto', 'auto'] : [0, 'auto']}
            tickFormatter={(value: number) =>
              metric === 'requests' ? format.compact(value) : amount(format, metric, value)
            }
          />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(day) => format.day(String(day))}
            formatter={(value) => describe(value)}
            contentStyle={TOOLTIP}
          />
          {stacks.map(({ key, colour }) => (
            <Bar
              key={key}
              dataKey={key.replace('.', '_')}
              name={t(key)}
              stackId="day"
              fill={colour}
              isAnimationActive={false}
            />
          ))}
          {metric === 'quality' && <QualityLine />}
        </ComposedChart>
      </ResponsiveContainer>
      <Legend stacks={stacks} />
    </>
  );
}

const rowsOf = (days: readonly OverviewDay[], stacks: readonly Stack[]) =>
  days.map((day) => ({
    day: day.day,
    quality: day.quality.value,
    band: day.quality.interval && [day.quality.interval.low, day.quality.interval.high],
    ...Object.fromEntries(stacks.map(({ key, measure }) => [key.replace('.', '_'), measure(day)])),
  }));

function QualityLine() {
  const { t } = useTranslation('overview');
  return (
    <>
      <Area
        dataKey="band"
        name={t('series.band')}
        stroke="none"
        fill={LINE}
        fillOpacity={0.25}
        isAnimationActive={false}
      />
      <Line
        dataKey="quality"
        name={t('figure.quality')}
        stroke={LINE}
        strokeWidth={2}
        dot={{ r: 2 }}
        isAnimationActive={false}
      />
    </>
  );
}

/** Which colour is which; without bars, what line and band are. */
function Legend({ stacks }: { stacks: readonly Stack[] }) {
  const { t } = useTranslation('overview');
  return (
    <Group gap="md" justify="center">
      {stacks.map(({ key, colour }) => (
        <Text key={key} size="xs">
          <span aria-hidden style={{ ...SWATCH, background: colour }} /> {t(key)}
        </Text>
      ))}
      {stacks.length === 0 && <Text size="xs">{t('series.bandText')}</Text>}
    </Group>
  );
}

const LINE = 'var(--mantine-primary-color-filled)';
const TICK = { fontSize: 12, fill: 'var(--mantine-color-text)' };
const SWATCH = { display: 'inline-block', width: 10, height: 10, borderRadius: 2 };
const TOOLTIP = {
  background: 'var(--mantine-color-body)',
  border: '1px solid var(--mantine-color-default-border)',
  color: 'var(--mantine-color-text)',
};
