import { describe, expect, it } from 'vitest';
import { bytesOf, cutToBytes, fitSections } from './fit-sections.ts';

const section = (title: string, length: number) => ({ title, text: `${title} ${'é'.repeat(length)}` });
const sections = [section('first', 40), section('second', 400), section('third', 60), section('third', 60)];

describe('fitting sections into a limit', () => {
  it('keeps everything when it fits, with no notice', () => {
    expect(fitSections(sections, { limit: 10_000 })).toBe(sections.map(({ text }) => text).join('\n\n'));
  });

  it('leaves out what does not fit, names it and says where the whole is', () => {
    const text = fitSections(sections, { limit: 700, whole: '[run 7](https://example.org/7)' });
    expect(text).toContain('first é');
    expect(text).not.toContain('second é');
    expect(text).toContain('third é');
    expect(text).toMatch(/Left out: second\. The whole report: \[run 7\]\(https:\/\/example\.org\/7\)\.$/);
  });

  it('counts sections of one title together', () => {
    expect(fitSections(sections, { limit: 320 })).toContain('Left out: second, 2 × third.');
  });

  it.each([200, 240, 333, 500, 777, 1_100])('never exceeds %i bytes', (limit) => {
    expect(bytesOf(fitSections(sections, { limit }))).toBeLessThanOrEqual(limit);
  });

  it('cuts the first section when not even that fits', () => {
    const text = fitSections([section('first', 4_000)], { limit: 600 });
    expect(text).toMatch(/^first é+\n\n> \*\*Cut/);
    expect(bytesOf(text)).toBeLessThanOrEqual(600);
  });

  it('breaks no character', () => {
    expect(Array.from({ length: 12 }, (_, limit) => cutToBytes('aé😀b', limit))).toEqual([
      '',
      'a',
      'a',
      'aé',
      'aé',
      'aé',
      'aé',
      'aé😀',
      'aé😀b',
      'aé😀b',
      'aé😀b',
      'aé😀b',
    ]);
  });
});
