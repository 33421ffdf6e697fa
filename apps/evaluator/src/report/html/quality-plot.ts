import type { MeasuredValue } from '@pointsman/contracts';
import { scoreNumber } from '../interval-text.ts';
import { html, type Markup } from './markup.ts';
import { type PlotScale, placeOn, plotScale } from './plot-scale.ts';

export type QualityPoint = {
  kind: 'candidate' | 'baseline';
  name: string;
  quality: MeasuredValue;
  price: MeasuredValue;
};

const WIDTH = 420;
const HEIGHT = 190;
const ACROSS = [52, WIDTH - 18] as const;
const UP = [HEIGHT - 40, 14] as const;

/** Quality against what it costs or how long it takes, a cross of intervals each; nothing where a number is missing. */
export function qualityPlot(
  points: readonly QualityPoint[],
  title: string,
  priceText: (value: number) => string,
): Markup | undefined {
  const known = points.flatMap(knownPoint);
  if (known.length === 0) return undefined;
  const x = plotScale([0, ...known.flatMap(({ price }) => [price.low, price.high])], 4);
  const y = plotScale(
    known.flatMap(({ quality }) => [quality.low, quality.high]),
    5,
  );
  const label = known
    .map(({ name, quality, price }) => `${name}: ${scoreNumber(quality.estimate)} at ${priceText(price.estimate)}`)
    .join('; ');
  return html`<figure><svg class="quality" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Overall score against ${title}. ${label}">
${y.ticks.map((tick) => gridLine(tick, y))}${x.ticks.map((tick) => bottomTick(tick, x, priceText))}
${known.map((point) => cross(point, x, y))}
<text class="name" x="${WIDTH - 18}" y="${HEIGHT - 6}" text-anchor="end">${title}</text>
</svg><figcaption>Overall score against ${title}</figcaption></figure>`;
}

type Known = { estimate: number; low: number; high: number };
type KnownPoint = { kind: QualityPoint['kind']; name: string; quality: Known; price: Known };

function knownPoint({ kind, name, quality, price }: QualityPoint): KnownPoint[] {
  return 'tooFew' in quality || 'tooFew' in price ? [] : [{ kind, name, quality, price }];
}

function gridLine(tick: number, scale: PlotScale): Markup {
  const y = placeOn(scale, tick, UP);
  return html`<line class="grid" x1="${ACROSS[0]}" x2="${ACROSS[1]}" y1="${y}" y2="${y}"/><text x="${ACROSS[0] - 8}" y="${y + 3.5}" text-anchor="end">${scoreNumber(tick)}</text>`;
}

function bottomTick(tick: number, scale: PlotScale, priceText: (value: number) => string): Markup {
  const x = placeOn(scale, tick, ACROSS);
  return html`<line class="grid" x1="${x}" x2="${x}" y1="${UP[0]}" y2="${UP[0] + 4}"/><text x="${x}" y="${UP[0] + 16}" text-anchor="middle">${tick === 0 ? '0' : priceText(tick)}</text>`;
}

function cross({ kind, quality, price }: KnownPoint, x: PlotScale, y: PlotScale): Markup {
  const [left, right, across] = [price.low, price.high, price.estimate].map((value) => placeOn(x, value, ACROSS));
  const [bottom, top, up] = [quality.low, quality.high, quality.estimate].map((value) => placeOn(y, value, UP));
  const point =
    kind === 'candidate'
      ? html`<circle cx="${across}" cy="${up}" r="5"/>`
      : html`<rect x="${(across ?? 0) - 4.5}" y="${(up ?? 0) - 4.5}" width="9" height="9"/>`;
  return html`<g class="point ${kind}"><line x1="${left}" x2="${right}" y1="${up}" y2="${up}"/><line x1="${across}" x2="${across}" y1="${bottom}" y2="${top}"/>${point}</g>`;
}
