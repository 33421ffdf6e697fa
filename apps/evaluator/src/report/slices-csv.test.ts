import { expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { slicesCsv } from './slices-csv.ts';

it('has a line for each slice and metric, with as many fields as there are columns', () => {
  const report = sampleReport({ cases: 84 });
  const [head = '', ...lines] = slicesCsv(report).trimEnd().split('\r\n');
  expect(lines).toHaveLength(report.slices.reduce((sum, { metrics }) => sum + metrics.length, 0));
  expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([head.split(',').length]));
});

it('leaves a number out where there are too few samples', () => {
  const line = slicesCsv(sampleReport({ cases: 28 })).split('\r\n')[1];
  expect(line).toMatch(/^domain,customer-support,overall,,,,,,,,,,unclear,/);
});

it('gives a spreadsheet no formula to run, and quotes what would break a line', () => {
  const report = sampleReport({ cases: 28 });
  const [slice] = report.slices;
  const hostile = ['=HYPERLINK("x")', '@SUM(A1)', '-cmd', 'a,b\n"c"'].map((value) => ({
    ...slice,
    value,
  })) as typeof report.slices;
  const csv = slicesCsv({ ...report, slices: hostile });
  expect(csv).toContain(`domain,"'=HYPERLINK(""x"")",`);
  expect(csv).toContain("domain,'@SUM(A1),");
  expect(csv).toContain("domain,'-cmd,");
  expect(csv).toContain('domain,"a,b\n""c""",');
});
