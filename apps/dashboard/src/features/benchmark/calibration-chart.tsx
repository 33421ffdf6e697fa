import type { ShownCalibration } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormat } from '../../format/use-format.ts';

/** Told apart by dashes as well as by colour. */
const LOOKS = [
  { colour: 'var(--mantine-color-blue-filled)', dashes: '' },
  { colour: 'var(--mantine-color-red-filled)', dashes: '8 4' },
  { colour: 'var(--mantine-color-teal-filled)', dashes: '2 3' },
  { colour: 'var(--mantine-color-grape-filled)', dashes: '10 3 2 3' },
  { colour: 'var(--mantine-color-orange-filled)', dashes: '4 4' },
  { colour: 'var(--mantine-color-dimmed)', dashes: '1 4' },
] as const;

const TICK = { fontSize: 12, fill: 'var(--mantine-color-text)' };
const TOOLTIP = { background: 'var(--mantine-color-body)', border: '1px solid var(--mantine-color-default-border)' };

/** Rating foreseen for each raw score, a line for each dimension. */
export function CalibrationChart({ calibrations }: { calibrations: readonly ShownCalibration[] }) {
  const { t } = useTranslation('benchmark');
  const format = useFormat();
  const [low, high] = calibrations[0]?.scale ?? [1, 5];
  const scores = calibrations[0]?.map.map(({ score }) => score) ?? [];
  const rows = scores.map((score, step) => ({
    score,
    ...Object.fromEntries(calibrations.map(({ dimension, map }) => [dimension, map[step]?.rating])),
  }));
  return (
    <ResponsiveContainer width="100%" height={280}>
      <LineChart data={rows} margin={{ top: 8, right: 16, bottom: 24, left: 0 }}>
        <CartesianGrid stroke="var(--mantine-color-default-border)" />
        <XAxis
          dataKey="score"
          type="number"
          domain={[0, 1]}
          tick={TICK}
          label={{ value: t('calibration.rawScore'), position: 'bottom', offset: 4, fill: TICK.fill, fontSize: 12 }}
        />
        <YAxis
          domain={[low, high]}
          width={44}
          tick={TICK}
          label={{ value: t('calibration.rating'), angle: -90, position: 'insideLeft', fill: TICK.fill, fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          contentStyle={TOOLTIP}
          labelFormatter={(score) => `${t('calibration.rawScore')} ${format.score(Number(score))}`}
          formatter={(rating) => format.score(Number(rating))}
        />
        <Legend verticalAlign="top" formatter={(name) => <span style={{ color: TICK.fill }}>{name}</span>} />
        {calibrations.map(({ dimension }, index) => {
          const { colour, dashes } = LOOKS[index % LOOKS.length] ?? LOOKS[0];
          return (
            <Line
              key={dimension}
              dataKey={dimension}
              name={t(`shell:dimension.${dimension}`)}
              stroke={colour}
              strokeDasharray={dashes}
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          );
        })}
      </LineChart>
    </ResponsiveContainer>
  );
}
