import { type Interval, meanInterval, proportionInterval } from '@pointsman/statistics';
import type { ValidationRecord } from './validation-record.ts';

/** So many of the answered questions, and Wilson's interval of their share. */
export type Share = { count: number; share: Interval };

export type Outcomes = { success: Share; toReview: Share /** Refusals among them. */; failed: Share };

export type ValidationRow = {
  model: string;
  /** Questions answered at all; every share is of these. */
  questions: number;
  /** Questions whose call failed. */
  notAnswered: number;
  refused: number;
  /** Had the first reply been taken or dropped. */
  withoutValidation: Outcomes;
  withValidation: Outcomes;
  /** What validation multiplies the number of calls by; a repair also repeats the conversation before it. */
  triesPerQuestion: Interval;
};

/** One row for each model, by name. Pure: the same records give the same report. */
export function validationReport(records: readonly ValidationRecord[]): ValidationRow[] {
  return [...Map.groupBy(records, ({ model }) => model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([model, ofModel]) => validationRow(model, ofModel));
}

function validationRow(model: string, records: readonly ValidationRecord[]): ValidationRow {
  const answered = records.filter(({ outcome }) => outcome !== 'not-answered');
  return {
    model,
    questions: answered.length,
    notAnswered: records.length - answered.length,
    refused: answered.filter(({ outcome }) => outcome === 'refused').length,
    withoutValidation: outcomesOf(answered.map(({ outcome, tries }) => (tries === 1 ? outcome : 'failed'))),
    withValidation: outcomesOf(answered.map(({ outcome }) => outcome)),
    triesPerQuestion: meanInterval(answered.map(({ tries }) => tries)),
  };
}

function outcomesOf(outcomes: readonly ValidationRecord['outcome'][]): Outcomes {
  const n = outcomes.length;
  const shareOf = (count: number): Share => ({ count, share: proportionInterval(count, n) });
  const success = outcomes.filter((outcome) => outcome === 'success').length;
  const toReview = outcomes.filter((outcome) => outcome === 'to-review').length;
  return { success: shareOf(success), toReview: shareOf(toReview), failed: shareOf(n - success - toReview) };
}
