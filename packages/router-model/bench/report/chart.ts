import type { Point } from '../measures/cost-quality-hull.ts';

/** Cost against quality for one pool: each method's hull as a line, single models as dots where they come near a line. */
export type ChartPanel = {
  title: string;
  points: (Point & { label: string })[];
  lines: { name: string; points: readonly Point[] }[];
};

const PANEL = { width: 560, height: 420, left: 60, right: 20, top: 36, bottom: 46 };
const LEGEND_WIDTH = 210;
/** Colours that stay apart for the colour-blind (Okabe and Ito 2008). */
const COLOURS = [
  '#999999',
  '#cccccc',
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#cc79a7',
  '#0072b2',
  '#d55e00',
  '#8c6d31',
  '#000000',
];
const INK = '#222222';

/** Draws panels one below the other, with one legend, as an SVG file. Cost on a logarithmic scale. */
export function drawChart(panels: readonly ChartPanel[]): string {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const colourOf = (name: string): string => COLOURS[names.indexOf(name) % COLOURS.length] ?? INK;
  const height = Math.max(panels.length * PANEL.height, names.length * 20 + 40);
  const width = PANEL.width + LEGEND_WIDTH;
  const body = panels.map(
    (panel, n) => `<g transform="translate(0 ${n * PANEL.height})">${drawPanel(panel, colourOf)}</g>`,
  );
  const legend = names.map((name, n) => {
    const y = PANEL.top + 10 + n * 20;
    return `${line([PANEL.width, y], [PANEL.width + 24, y], { stroke: colourOf(name), width: 2.5 })}${text([PANEL.width + 30, y + 4], name)}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="Cost against quality"><rect width="100%" height="100%" fill="#ffffff"/>${body.join('')}${legend.join('')}</svg>\n`;
}

function drawPanel({ title, points, lines }: ChartPanel, colourOf: (name: string) => string): string {
  const corners = lines.flatMap((entry) => entry.points);
  const costs = corners.map(({ cost }) => Math.log10(cost * 1_000));
  const qualities = corners.map(({ quality }) => quality);
  const x = scale([Math.min(...costs), Math.max(...costs)], [PANEL.left, PANEL.width - PANEL.right]);
  const y = scale([Math.min(...qualities), Math.max(...qualities)], [PANEL.height - PANEL.bottom, PANEL.top]);
  const place = ({ cost, quality }: Point): [number, number] => [x(Math.log10(cost * 1_000)), y(quality)];
  const curves = lines.map(({ name, points: own }) => {
    const path = densified(own).map((point) =>
      place(point)
        .map((value) => value.toFixed(1))
        .join(','),
    );
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colourOf(name)}" stroke-width="1.8"><title>${escaped(name)}</title></polyline>`;
  });
  const dots = points
    .filter(({ quality }) => quality >= Math.min(...qualities))
    .map((point) => {
      const [cx, cy] = place(point);
      return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3" fill="${INK}"/>${text([cx - 6, cy + 14], point.label, { anchor: 'end', size: 10 })}`;
    });
  return [
    text([PANEL.left, 22], title, { weight: 'bold' }),
    ...axis({ x, y, costs, qualities }),
    ...curves,
    ...dots,
  ].join('');
}

/** More corners between far ones: a mix of two models is a straight line in cost, not in its logarithm. */
function densified(corners: readonly Point[]): Point[] {
  const steps = 24;
  return corners.flatMap((right, n) => {
    const left = corners[n - 1];
    if (left === undefined) return [right];
    return Array.from({ length: steps }, (_, step): Point => {
      const cost = left.cost * (right.cost / left.cost) ** ((step + 1) / steps);
      const share = right.cost === left.cost ? 1 : (cost - left.cost) / (right.cost - left.cost);
      return { cost, quality: left.quality + share * (right.quality - left.quality) };
    });
  });
}

type Scale = (value: number) => number;

function scale([from, to]: [number, number], [start, end]: [number, number]): Scale {
  const margin = 0.04 * (to - from || 1);
  return (value) => start + ((value - from + margin) / (to - from + 2 * margin)) * (end - start);
}

function axis({ x, y, costs, qualities }: { x: Scale; y: Scale; costs: number[]; qualities: number[] }): string[] {
  const bottom = PANEL.height - PANEL.bottom;
  const marks = [-3, -2, -1, 0, 1, 2]
    .flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power))
    .filter((cost) => Math.log10(cost) >= Math.min(...costs) && Math.log10(cost) <= Math.max(...costs));
  const levels = Array.from({ length: 51 }, (_, n) => n / 50).filter(
    (value) => value >= Math.min(...qualities) && value <= Math.max(...qualities),
  );
  return [
    line([PANEL.left, bottom], [PANEL.width - PANEL.right, bottom], { stroke: INK, width: 1 }),
    line([PANEL.left, PANEL.top], [PANEL.left, bottom], { stroke: INK, width: 1 }),
    ...marks.flatMap((cost) => [
      line([x(Math.log10(cost)), bottom], [x(Math.log10(cost)), bottom + 4], { stroke: INK, width: 1 }),
      text([x(Math.log10(cost)), bottom + 17], `${Number(cost.toPrecision(1))}`, { anchor: 'middle' }),
    ]),
    ...levels.map((value) => text([PANEL.left - 8, y(value) + 4], value.toFixed(2), { anchor: 'end' })),
    text([(PANEL.left + PANEL.width) / 2, PANEL.height - 10], 'US dollars for 1,000 requests (logarithmic)', {
      anchor: 'middle',
    }),
    `<text transform="translate(16 ${(PANEL.top + bottom) / 2}) rotate(-90)" text-anchor="middle" fill="${INK}">quality</text>`,
  ];
}

function line(
  [x1, y1]: [number, number],
  [x2, y2]: [number, number],
  { stroke, width }: { stroke: string; width: number },
): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${width}"/>`;
}

function text(
  [x, y]: [number, number],
  words: string,
  style: { anchor?: string; weight?: string; size?: number } = {},
): string {
  return `<text x="${x}" y="${y}" text-anchor="${style.anchor ?? 'start'}" font-weight="${style.weight ?? 'normal'}" font-size="${style.size ?? 12}" fill="${INK}">${escaped(words)}</text>`;
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
