import type { ModelPlane, PlanePoint } from '@pointsman/contracts';
import { type LogAxis, logAxis } from './log-axis.ts';

/** How far an interval reaches down and up. */
type Reach = [number, number];

export type PlacedPoint = {
  point: PlanePoint;
  x: number;
  y: number;
  /** Where it is drawn. */
  error: Reach | undefined;
  isChosen: boolean;
  isNamed: boolean;
};

export type PlacedMix = { mix: NonNullable<ModelPlane['mix']>; x: number; y: number; error: Reach | undefined };

export type Drawing = {
  axis: LogAxis;
  placed: PlacedPoint[];
  /** From the cheapest on. */
  front: PlacedPoint[];
  mix: PlacedMix | undefined;
  /** Of scores. */
  range: [number, number];
  /** Scores that are written beside the axis. */
  ticks: number[];
};

/** More names than this cover each other. */
const MOST_NAMES = 8;

/** Where everything in the plane is drawn; what lacks cost or quality is not. */
export function placePoints(
  plane: ModelPlane,
  { chosen, allBars, hasNames }: { chosen: string | undefined; allBars: boolean; hasNames: boolean },
): Drawing {
  const known = plane.points.filter(isKnown);
  const costs = [...known, ...(plane.mix === undefined ? [] : [plane.mix])];
  const axis = logAxis(costs.flatMap(({ costNanoUsd }) => costNanoUsd ?? []));
  const namesFront = hasNames && known.filter(({ onFront }) => onFront).length <= MOST_NAMES;
  const placed = known.map((point): PlacedPoint => {
    const isChosen = point.model === chosen;
    return {
      point,
      x: axis.place(point.costNanoUsd),
      y: point.quality.value,
      error: allBars || point.onFront || isChosen ? reachOf(point.quality) : undefined,
      isChosen,
      isNamed: isChosen || (point.onFront && namesFront),
    };
  });
  const front = placed.filter(({ point }) => point.onFront).toSorted((a, b) => a.x - b.x);
  const mix = placeMix(plane.mix, axis);
  const drawn = [...placed, ...(mix === undefined ? [] : [mix])].flatMap(({ y, error: [down, up] = [0, 0] }) => [
    y - down,
    y + up,
  ]);
  const range = scoreRange([...drawn, ...minimumOf(plane)]);
  return { axis, placed, front, mix, range, ticks: ticksIn(range) };
}

type Known = PlanePoint & { costNanoUsd: number; quality: { value: number } };

const isKnown = (point: PlanePoint): point is Known =>
  point.costNanoUsd !== undefined && point.quality.value !== undefined;

const minimumOf = ({ policy }: ModelPlane): number[] => (policy?.minOverall === undefined ? [] : [policy.minOverall]);

function reachOf({ value, interval }: PlanePoint['quality']): Reach | undefined {
  return value === undefined || interval === undefined ? undefined : [value - interval.low, interval.high - value];
}

function placeMix(mix: ModelPlane['mix'], axis: LogAxis): PlacedMix | undefined {
  if (mix?.costNanoUsd === undefined || mix.quality.value === undefined) return undefined;
  return { mix, x: axis.place(mix.costNanoUsd), y: mix.quality.value, error: reachOf(mix.quality) };
}

const STEPS = 20;
/** So that no point stands on the edge. */
const ROOM = 0.2;

/** From the lowest to the highest of what is drawn, in steps of a twentieth: the scale does not jump about. */
function scoreRange(drawn: readonly number[]): [number, number] {
  if (drawn.length === 0) return [0, 1];
  return [
    Math.max(0, Math.floor(Math.min(...drawn) * STEPS - ROOM) / STEPS),
    Math.min(1, Math.ceil(Math.max(...drawn) * STEPS + ROOM) / STEPS),
  ];
}

/** More ticks than this crowd the axis. */
const MOST_TICKS = 8;

function ticksIn([low, high]: [number, number]): number[] {
  const first = Math.round(low * STEPS);
  const last = Math.round(high * STEPS);
  const every = last - first > MOST_TICKS ? 2 : 1;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .filter((step) => step % every === 0)
    .map((step) => step / STEPS);
}
