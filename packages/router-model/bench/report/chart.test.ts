import { describe, expect, it } from 'vitest';
import { drawChart } from './chart.ts';

const PANEL = {
  title: 'toy <pool>',
  points: [
    { cost: 0.001, quality: 0.8, label: 'dear' },
    { cost: 0.0005, quality: 0.1, label: 'far below' },
  ],
  lines: [
    {
      name: 'router',
      points: [
        { cost: 0.0001, quality: 0.6 },
        { cost: 0.001, quality: 0.8 },
      ],
    },
  ],
};

describe('drawChart', () => {
  const chart = drawChart([PANEL, PANEL]);

  it('draws every line of every panel and names each once', () => {
    expect(chart.match(/<polyline/g)).toHaveLength(2);
    expect(chart.match(/>router<\/text>/g)).toHaveLength(1);
    expect(chart).toContain('toy &lt;pool&gt;');
    expect(chart).not.toMatch(/NaN|Infinity/);
  });

  it('leaves out models far below every line, which would flatten all that matters', () => {
    expect(chart).toContain('>dear</text>');
    expect(chart).not.toContain('far below');
  });

  it('marks the cost axis in round sums', () => {
    for (const mark of ['0.1', '0.2', '0.5', '1']) expect(chart).toContain(`>${mark}</text>`);
  });
});
