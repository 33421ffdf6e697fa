import { useMatches } from '@mantine/core';
import type { ModelPlane } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '../../format/use-format.ts';
import { ChartLegend } from './chart-legend.tsx';
import { type PlacedPoint, placePoints } from './place-points.ts';
import { MixMark, PointMark } from './point-marks.tsx';
import { PointTip } from './point-tip.tsx';

type Props = {
  plane: ModelPlane;
  chosen: string | undefined;
  /** Draw every interval; else those of the front and of what is chosen. */
  allBars: boolean;
  onChoose(model: string): void;
};

/** Every model by cost (logarithmic) and quality, the front as a staircase, the policy as a diamond. */
export function PlaneChart({ plane, chosen, allBars, onChoose }: Props) {
  const { t } = useTranslation('models');
  const format = useFormat();
  // On a phone names would cover each other.
  const hasNames = useMatches({ base: false, sm: true });
  const { axis, placed, front, mix, range, ticks } = placePoints(plane, { chosen, allBars, hasNames });
  const minimum = plane.policy?.minOverall;
  return (
    <>
      <ResponsiveContainer width="100%" height={380}>
        <ScatterChart margin={{ top: 16, right: 24, bottom: 20, left: 0 }}>
          <CartesianGrid stroke="var(--mantine-color-default-border)" />
          <XAxis
            type="number"
            dataKey="x"
            scale="log"
            domain={[axis.low, axis.high]}
            ticks={axis.ticks}
            tickFormatter={format.money}
            tick={TICK}
            label={{ value: t(`costOf.${plane.source}`), position: 'insideBottom', offset: -12, ...LABEL }}
          />
          <YAxis
            type="number"
            dataKey="y"
            width={56}
            tick={TICK}
            domain={range}
            ticks={ticks}
            tickFormatter={format.score}
          />
          <Tooltip isAnimationActive={false} cursor={false} content={PointTip} />
          {minimum !== undefined && <ReferenceLine y={minimum} stroke={POLICY} strokeDasharray="6 4" />}
          <Scatter data={front} {...FRONT} />
          <Scatter
            data={placed}
            shape={PointMark}
            isAnimationActive={false}
            onClick={({ payload }: { payload?: PlacedPoint }) => payload && onChoose(payload.point.model)}
          >
            <ErrorBar {...BAR} width={4} stroke="var(--mantine-color-gray-5)" strokeWidth={1} />
          </Scatter>
          {mix && (
            <Scatter data={[mix]} shape={MixMark} isAnimationActive={false}>
              <ErrorBar {...BAR} width={6} stroke={POLICY} strokeWidth={2} />
            </Scatter>
          )}
        </ScatterChart>
      </ResponsiveContainer>
      <ChartLegend plane={plane} />
    </>
  );
}

const noMark = () => <g />;
const POLICY = 'var(--mantine-color-red-7)';
const BAR = { dataKey: 'error', direction: 'y', isAnimationActive: false } as const;
const LINE = { stroke: 'var(--mantine-primary-color-filled)', strokeWidth: 2, fill: 'none' };
const FRONT = {
  line: LINE,
  lineJointType: 'stepAfter',
  shape: noMark,
  tooltipType: 'none',
  isAnimationActive: false,
} as const;
const TICK = { fontSize: 12, fill: 'var(--mantine-color-text)' };
const LABEL = { fontSize: 12, fill: 'var(--mantine-color-text)' };
