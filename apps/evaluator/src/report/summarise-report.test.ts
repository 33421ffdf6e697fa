import { expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { summariseReport } from './summarise-report.ts';

it('names what got worse first, with its interval', () => {
  const sentences = summariseReport(sampleReport());
  expect(sentences[0]).toMatch(/^Worse: Factual accuracy −\d+\.\d \[−\d+\.\d, −\d+\.\d\] points\.$/);
  expect(sentences[1]).toMatch(/^Better: Tone \+/);
  expect(sentences.at(-1)).toMatch(/^\d of 7 metrics are shown not to be worse by 2 points or more\.$/);
});

it('says of a run without baseline that it compares nothing', () => {
  expect(summariseReport(sampleReport({ baseline: undefined, cases: 28 }))).toEqual([
    'No baseline: the figures describe the candidate, they compare nothing.',
  ]);
});

it('claims nothing where there are too few cases', () => {
  expect(summariseReport(sampleReport({ cases: 6 })).join(' ')).not.toMatch(/Worse|Better|shown/);
});
