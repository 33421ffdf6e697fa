import type { PlacedPoint } from './place-points.ts';

type MarkProps = { cx?: number | undefined; cy?: number | undefined; payload?: PlacedPoint | undefined };

const RADIUS = 5;
const BIG = 7;

/** A filled disc where something was learned or measured, a ring where nothing is known but a prior. */
export function PointMark({ cx, cy, payload }: MarkProps) {
  if (cx === undefined || cy === undefined || payload === undefined) return <g />;
  const { point, isChosen, isNamed } = payload;
  const radius = point.onFront || isChosen ? BIG : RADIUS;
  return (
    <g style={{ cursor: 'pointer' }} opacity={point.allowed === false && !isChosen ? 0.45 : 1}>
      {isChosen && <circle cx={cx} cy={cy} r={radius + 4} fill="none" stroke="var(--mantine-color-text)" />}
      <PointShape
        cx={cx}
        cy={cy}
        radius={radius}
        isPrior={point.standing === 'prior'}
        isBarred={point.allowed === false}
      />
      {isNamed && (
        <text x={cx + 9} y={cy + 16} fontSize={11} fill="var(--mantine-color-text)" style={HALO}>
          {point.name}
        </text>
      )}
    </g>
  );
}

type ShapeProps = { cx: number; cy: number; radius: number; isPrior: boolean; isBarred: boolean };

/** Disc, ring, or a cross for what the policy does not allow. */
export function PointShape({ cx, cy, radius, isPrior, isBarred }: ShapeProps) {
  const colour = 'var(--mantine-primary-color-filled)';
  if (isBarred) {
    const d = radius * 0.8;
    return (
      <path
        d={`M${cx - d},${cy - d}L${cx + d},${cy + d}M${cx - d},${cy + d}L${cx + d},${cy - d}`}
        stroke="var(--mantine-color-text)"
        strokeWidth={2}
      />
    );
  }
  return isPrior ? (
    <circle
      cx={cx}
      cy={cy}
      r={radius - 1}
      fill="var(--mantine-color-body)"
      stroke={colour}
      strokeWidth={1.5}
      strokeDasharray="3 2"
    />
  ) : (
    <circle cx={cx} cy={cy} r={radius} fill={colour} stroke="var(--mantine-color-body)" />
  );
}

/** The policy's requests together: a diamond. */
export function MixMark({ cx, cy }: Pick<MarkProps, 'cx' | 'cy'>) {
  return cx === undefined || cy === undefined ? <g /> : <MixShape cx={cx} cy={cy} radius={9} />;
}

export function MixShape({ cx, cy, radius }: { cx: number; cy: number; radius: number }) {
  return (
    <path
      d={`M${cx},${cy - radius}L${cx + radius},${cy}L${cx},${cy + radius}L${cx - radius},${cy}Z`}
      fill="var(--mantine-color-red-7)"
      stroke="var(--mantine-color-body)"
      strokeWidth={2}
    />
  );
}

/** Names stay readable over bars and lines. */
const HALO = {
  paintOrder: 'stroke',
  stroke: 'var(--mantine-color-body)',
  strokeWidth: 3,
  strokeLinejoin: 'round',
} as const;
