import type { MeasuredValue, MetricComparison } from '@pointsman/contracts';
import { differenceText, marginText, pointsNumber, scoreText } from '../interval-text.ts';
import { html, type Markup, type Part } from './markup.ts';
import { type PlotScale, placeOn, symmetricScale } from './plot-scale.ts';

const WIDTH = 240;
const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;
const ENDS = [12, WIDTH - 12] as const;
const UNIT_SCALE: PlotScale = { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };

/** The scale that all plots of a report share: differences around 0, or scores of 0 to 1 where nothing is compared. */
export function metricScale(metrics: readonly MetricComparison[]): PlotScale {
  if (metrics.every(({ difference }) => difference === undefined)) return UNIT_SCALE;
  const reach = metrics.flatMap(({ difference, minEffect }) => [2 * minEffect, ...endsOf(difference)]);
  return symmetricScale(reach);
}

/** A metric's interval: the difference between the margins of what matters, else the candidate's mean. */
export function intervalPlot(metric: MetricComparison, scale: PlotScale): Markup {
  const { difference, candidate } = metric;
  if (difference === undefined)
    return drawing(`mean ${scoreText(candidate.mean)}`, interval(candidate.mean, scale, 'plain'));
  const label = `difference ${differenceText(difference)} points, margin ${marginText(metric.minEffect)}`;
  return drawing(label, [margin(metric, scale), bounds(metric, scale), interval(difference, scale, metric.direction)]);
}

/** The ticks of the scale, in points or scores. */
export function plotAxis(scale: PlotScale): Markup {
  const text = scale === UNIT_SCALE ? (tick: number) => String(tick) : pointsLabel;
  const marks = scale.ticks.map((tick) => {
    const x = placeOn(scale, tick, ENDS);
    return html`<line class="tick" x1="${x}" x2="${x}" y1="0" y2="4"/><text x="${x}" y="15">${text(tick)}</text>`;
  });
  return html`<svg class="axis" viewBox="0 0 ${WIDTH} 18" aria-hidden="true">${marks}</svg>`;
}

const pointsLabel = (tick: number): string => pointsNumber(tick).replace(/\.0$/, '');

const drawing = (label: string, parts: Part): Markup =>
  html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${parts}</svg>`;

function margin({ minEffect }: MetricComparison, scale: PlotScale): Markup {
  const [left, right, zero] = [-minEffect, minEffect, 0].map((value) => placeOn(scale, value, ENDS));
  const width = Number(((right ?? 0) - (left ?? 0)).toFixed(2));
  return html`<rect class="margin" x="${left}" y="0" width="${width}" height="${HEIGHT}"/><line class="zero" x1="${zero}" x2="${zero}" y1="0" y2="${HEIGHT}"/>`;
}

/** What missing scores could make of the difference: dashed, to the edge where it reaches further. */
function bounds(metric: MetricComparison, scale: PlotScale): Markup | undefined {
  if (metric.bounds === undefined) return undefined;
  const [low, high] = [placeOn(scale, metric.bounds.low, ENDS), placeOn(scale, metric.bounds.high, ENDS)];
  return html`<line class="bounds" x1="${low}" x2="${high}" y1="${MIDDLE}" y2="${MIDDLE}"/>`;
}

function interval(value: MeasuredValue, scale: PlotScale, kind: string): Markup | undefined {
  if ('tooFew' in value) return undefined;
  const place = (at: number) => placeOn(scale, at, ENDS);
  const [low, high, at] = [place(value.low), place(value.high), place(value.estimate)];
  const cap = (x: number) => html`<line x1="${x}" x2="${x}" y1="${MIDDLE - 4}" y2="${MIDDLE + 4}"/>`;
  return html`<g class="interval ${kind}"><line x1="${low}" x2="${high}" y1="${MIDDLE}" y2="${MIDDLE}"/>${cap(low)}${cap(high)}<circle cx="${at}" cy="${MIDDLE}" r="4"/></g>`;
}

const endsOf = (value: MeasuredValue | undefined): number[] =>
  value === undefined || 'tooFew' in value ? [] : [value.low, value.high];
