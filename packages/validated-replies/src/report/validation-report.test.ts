import { describe, expect, it } from 'vitest';
import type { ValidatedReply } from '../validated-reply.ts';
import { formatValidationReport } from './format-validation-report.ts';
import { type ValidationRecord, validationRecord } from './validation-record.ts';
import { validationReport } from './validation-report.ts';

const times = (count: number, outcome: ValidationRecord['outcome'], tries: number, model = 'acme/one') =>
  Array.from({ length: count }, (): ValidationRecord => ({ model, outcome, tries }));

// 70 right at once, 20 after one repair, 4 to review, 5 never right, 1 refused; 3 calls failed.
const records = [
  ...times(70, 'success', 1),
  ...times(20, 'success', 2),
  ...times(4, 'to-review', 1),
  ...times(5, 'failed', 4),
  ...times(1, 'refused', 2),
  ...times(3, 'not-answered', 0),
];

describe('a validation record', () => {
  const attempts = [{ text: '{}', complaints: [] }];
  it.each<[ValidatedReply<unknown>, ValidationRecord['outcome']]>([
    [{ status: 'valid', value: {}, review: [], attempts }, 'success'],
    [{ status: 'repaired', value: {}, review: ['odd: looks odd'], attempts }, 'to-review'],
    [{ status: 'failed', why: 'invalid', complaints: [], attempts }, 'failed'],
    [{ status: 'failed', why: 'call-failed', error: new Error('503'), attempts }, 'not-answered'],
    [{ status: 'refused', detail: 'no', attempts }, 'refused'],
  ])('of %j says %s', (reply, outcome) => {
    expect(validationRecord('acme/one', reply)).toEqual({ model: 'acme/one', outcome, tries: 1 });
  });
});

describe('the validation report', () => {
  it('counts with validation, and without as if the first reply had been all there was', () => {
    const [row] = validationReport(records);
    expect(row).toMatchObject({ questions: 100, notAnswered: 3, refused: 1 });
    const counts = ({ success, toReview, failed }: NonNullable<typeof row>['withValidation']) =>
      [success, toReview, failed].map(({ count }) => count);
    expect(row && counts(row.withoutValidation)).toEqual([70, 4, 26]);
    expect(row && counts(row.withValidation)).toEqual([90, 4, 6]);
    expect(row?.triesPerQuestion).toMatchObject({ estimate: 1.36, n: 100 });
  });

  it('gives every share Wilson’s interval', () => {
    const [row] = validationReport(records);
    // Wilson (1927), 90 of 100 at 95 %.
    expect(row?.withValidation.success.share).toMatchObject({
      estimate: 0.9,
      low: expect.closeTo(0.8256, 4),
      high: expect.closeTo(0.9448, 4),
    });
  });

  it('has a row for each model, by name, whatever the order of the records', () => {
    const two = [...times(2, 'success', 1, 'b/two'), ...times(2, 'success', 1, 'a/one')];
    expect(validationReport(two).map(({ model }) => model)).toEqual(['a/one', 'b/two']);
    expect(validationReport(two.toReversed())).toEqual(validationReport(two));
  });

  it('prints two Markdown rows for each model, every figure with its interval', () => {
    expect(formatValidationReport(validationReport(records)).split('\n')).toEqual([
      '| model | validation | questions | success | to review | failed | of them refused | not answered | tries per question |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| acme/one | without | 100 | 70: 70.0 % (60.4 % to 78.1 %) | 4: 4.0 % (1.6 % to 9.8 %) | 26: 26.0 % (18.4 % to 35.4 %) |  | 3 | 1 |',
      '| acme/one | with | 100 | 90: 90.0 % (82.6 % to 94.5 %) | 4: 4.0 % (1.6 % to 9.8 %) | 6: 6.0 % (2.8 % to 12.5 %) | 1 | 3 | 1.36 (1.21 to 1.51) |',
    ]);
  });

  it('says so where nothing was answered', () => {
    const text = formatValidationReport(validationReport(times(2, 'not-answered', 0)));
    expect(text).toContain('0: too few samples');
    expect(text).not.toContain('NaN');
  });
});
