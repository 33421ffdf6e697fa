import { describe, expect, it } from 'vitest';
import { promptOf } from '../prompt.ts';
import type { TrainingRow } from '../rows.ts';
import { checkLeaks, findLeaks } from './check-leaks.ts';

function row(id: string, split: TrainingRow['split'], content: string, system = ''): TrainingRow {
  const messages = [
    { role: 'system' as const, content: system },
    { role: 'user' as const, content },
  ];
  const observations = [{ model: 'm', scores: { factual_accuracy: 1 } }];
  return { id, source: 'own', split, prompt: promptOf({ model: 'auto', messages }), observations, place: `f:${id}` };
}

const SUM = 'What is 3 + 4?';

describe('findLeaks', () => {
  it('tells a repeated text from one that differs in numbers only', () => {
    const rows = [
      row('1', 'train', SUM),
      row('2', 'dev', SUM),
      row('3', 'dev', 'what is 30 + 41'),
      row('4', 'dev', 'Why?'),
    ];
    expect(findLeaks(rows).map(({ held, train, kind }) => [held.id, train.id, kind])).toEqual([
      ['2', '1', 'exact'],
      ['3', '1', 'near'],
    ]);
  });

  it('takes the same question under other instructions for a near-duplicate', () => {
    const rows = [row('1', 'train', SUM, 'Answer in French.'), row('2', 'dev', SUM, 'Answer in German.')];
    expect(findLeaks(rows).map(({ kind }) => kind)).toEqual(['near']);
  });

  it('says nothing of rows without a split of their own: near-duplicates are held out together', () => {
    expect(findLeaks([row('1', undefined, SUM), row('2', undefined, SUM), row('3', 'dev', SUM)])).toEqual([]);
  });
});

describe('checkLeaks', () => {
  it('fails on a text in both splits and names both rows and where they stand', () => {
    const rows = [row('1', 'train', SUM), row('2', 'dev', SUM)];
    expect(() => checkLeaks(rows)).toThrow(/1 held-out rows? have[\s\S]*2 \(f:2\) repeats 1 \(f:1\)/);
  });

  it('names the first five of many', () => {
    const rows = Array.from({ length: 8 }, (_, n) => `Question of the letter ${'abcdefgh'[n]}?`).flatMap((text, n) => [
      row(`t${n}`, 'train', text),
      row(`d${n}`, 'dev', text),
    ]);
    expect(() => checkLeaks(rows)).toThrow(/d4 [\s\S]*and 3 more/);
  });

  it('passes near-duplicates on', () => {
    expect(checkLeaks([row('1', 'train', SUM), row('2', 'dev', 'What is 5 + 6?')])).toHaveLength(1);
  });
});
