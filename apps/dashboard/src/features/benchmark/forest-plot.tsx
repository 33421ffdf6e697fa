import { Box, Text } from '@mantine/core';
import type { MeasuredValue } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import classes from './forest-plot.module.css';
import { type ForestScale, forestScale } from './forest-scale.ts';
import { Measure } from './measure.tsx';

export type ForestRow = {
  key: string;
  label: ReactNode;
  value: MeasuredValue | undefined;
  /** better: a disc; worse: a diamond; unclear: a ring. */
  mark: 'better' | 'worse' | 'unclear';
};

type Props = {
  rows: readonly ForestRow[];
  as(value: number): string;
  /** The value that everything is compared with. */
  about: number;
  /** Half the width of the band around it that makes no difference. */
  margin?: number;
};

const COLOURS = {
  better: 'var(--mantine-color-teal-filled)',
  worse: 'var(--mantine-color-red-filled)',
  unclear: 'var(--mantine-color-dimmed)',
} as const;

const percent = (share: number) => `${100 * share}%`;

/** Figures with their intervals on one scale; each also stands beside its mark as text. */
export function ForestPlot({ rows, as, about, margin = 0 }: Props) {
  const known = rows.flatMap(({ value }) => (value === undefined || 'tooFew' in value ? [] : [value.low, value.high]));
  // Where nothing is known there is nothing to lay a scale on.
  const scale = known.length === 0 ? undefined : forestScale([...known, about - margin, about + margin], about);
  return (
    <Box role="list">
      {rows.map((row) => (
        <Box key={row.key} className={classes.row} role="listitem">
          <Text size="sm" component="div">
            {row.label}
          </Text>
          {scale === undefined ? (
            <div className={classes.plot} />
          ) : (
            <Bar row={row} scale={scale} about={about} margin={margin} />
          )}
          <Text size="sm" ta="right" component="div">
            <Measure of={row.value} as={as} />
          </Text>
        </Box>
      ))}
      <Box className={classes.row} aria-hidden role="presentation">
        <span />
        <Box className={classes.axis}>
          {scale?.ticks.map((tick) => (
            <span key={tick} className={classes.tick} style={{ left: percent(scale.place(tick)) }}>
              {as(tick)}
            </span>
          ))}
        </Box>
      </Box>
    </Box>
  );
}

type BarProps = { row: ForestRow; scale: ForestScale; about: number; margin: number };

function Bar({ row: { value, mark }, scale, about, margin }: BarProps) {
  const width = (low: number, high: number) => ({
    left: percent(scale.place(low)),
    width: percent(scale.place(high) - scale.place(low)),
  });
  return (
    <div className={classes.plot} style={{ '--mark': COLOURS[mark] } as React.CSSProperties} aria-hidden>
      {margin > 0 && <div className={classes.band} style={width(about - margin, about + margin)} />}
      <div className={classes.line} style={{ left: percent(scale.place(about)) }} />
      {value !== undefined && !('tooFew' in value) && (
        <>
          <div className={classes.interval} style={width(value.low, value.high)} />
          <div
            className={[classes.mark, mark === 'better' ? '' : classes[mark]].join(' ')}
            style={{ left: percent(scale.place(value.estimate)) }}
          />
        </>
      )}
    </div>
  );
}
