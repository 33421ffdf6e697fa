import type { KnownRating } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { cellName, type RateableReply, ratedCells } from './rated-cells.ts';

const reply = (model: string, index: number, tone?: number): RateableReply => ({
  caseHash: `case ${index}`,
  replyHash: `${model} ${index}`,
  model,
  predicted: tone === undefined ? {} : { tone },
});
const rated = (model: string, index: number, rating: number): KnownRating => ({
  caseHash: `case ${index}`,
  replyHash: `${model} ${index}`,
  model,
  dimension: 'tone',
  rater: 'ana',
  rating,
});

describe('ratedCells', () => {
  it('supposes that people differ most where the judge does', () => {
    const same = Array.from({ length: 20 }, (_, index) => reply('same', index, 5));
    const varied = Array.from({ length: 20 }, (_, index) => reply('varied', index, 1 + (index % 5)));
    const cells = ratedCells([...same, ...varied], ['tone'], []);
    const variance = (model: string) => cells.get(cellName(model, 'tone'))?.residualVariance ?? 0;
    expect(variance('same')).toBe(0.25);
    expect(variance('varied')).toBeGreaterThan(2);
    expect(cells.get(cellName('same', 'tone'))?.labelled).toBe(0);
  });

  it('believes labels the more, the more there are', () => {
    const replies = Array.from({ length: 100 }, (_, index) => reply('one', index, 3));
    const labels = (count: number) =>
      Array.from({ length: count }, (_, index) => rated('one', index, index % 2 === 0 ? 1 : 5));
    const found = (count: number) => ratedCells(replies, ['tone'], labels(count)).get(cellName('one', 'tone'));
    expect(found(0)).toEqual({ labelled: 0, residualVariance: 0.25 });
    expect(found(10)?.residualVariance).toBeGreaterThan(1.5);
    expect(found(100)?.residualVariance).toBeGreaterThan(3.5);
    expect(found(100)?.labelled).toBe(100);
  });
});
