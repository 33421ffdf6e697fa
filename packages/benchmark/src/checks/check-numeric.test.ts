import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeScorer } from '../../test/describe-scorer.ts';
import { readNumbers } from './read-numbers.ts';

const passes = (reply: string, expected: number, more = {}) => ({ reply, check: { expected, ...more } });

describeScorer('numeric', {
  passes: [
    passes('The total is 1 234,56 €.', 1234.56),
    passes('1\u202f234,56\u00a0€', 1234.56),
    passes('£1,234.56', 1234.56),
    passes('1.234,56 €', 1234.56),
    passes('1.234.567,5', 1234567.5),
    passes("CHF 1'234.50", 1234.5),
    passes('1,234', 1234),
    passes('1,234', 1.234),
    passes('1.234', 1234),
    passes('0,125', 0.125),
    passes('12,5 %', 12.5),
    passes('12.5%', 0.125),
    passes('It fell by −3.5 %', -3.5),
    passes('-€40', -40),
    passes('= -7', -7),
    passes('from 10-20 units', 20),
    passes('about 1.2e3', 1200),
    passes('1\\,234{,}5', 1234.5),
    passes('120 kg of CO2', 120),
    passes('In 2024 300 of them', 300),
    passes('**42**.', 42),
    passes('99', 100, { tolerance: 1 }),
    passes('99', 100, { tolerance: 0.01, relative: true }),
    passes('0.3', 0.1 + 0.2),
  ],
  fails: [
    { reply: '1 234,57', check: { expected: 1234.56 }, why: "expected the number 1234.56, found '1 234,57'" },
    { reply: '3.5', check: { expected: -3.5 }, why: 'expected the number -3.5' },
    { reply: '42, of which 12', check: { expected: 42 }, why: "found '12'" },
    { reply: '98.9', check: { expected: 100, tolerance: 1 }, why: 'within 1' },
    { reply: '98.9', check: { expected: 100, tolerance: 0.01, relative: true }, why: 'within 1 %' },
    { reply: 'forty-two', check: { expected: 42 }, why: 'found no number' },
    { reply: '0,125', check: { expected: 125 }, why: "found '0,125'" },
    { reply: '1 500', check: { expected: 500 }, why: "found '1 500'" },
  ],
});

it('reads back any amount that either notation writes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999_999, max: 999_999_999 }),
      fc.constantFrom('en-GB', 'fr-FR', 'de-DE'),
      (cents, locale) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100);
        const values = readNumbers(`= ${text} €`).at(-1)?.values ?? [];
        expect(Math.min(...values.map((value) => Math.abs(value - cents / 100)))).toBeLessThan(1e-6);
      },
    ),
  );
});
