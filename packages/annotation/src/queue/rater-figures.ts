import type { Agreement, BatchRater, Dimension, MeasuredValue } from '@pointsman/contracts';
import type { BatchAnswer } from '@pointsman/db';
import { bootstrapInterval } from '@pointsman/statistics';
import { paceOf } from './pace.ts';

/** Of the bootstrap: enough for a page that is looked at live. */
const RESAMPLES = 200;

/** What each rater of a batch did: how much, how fast, how far from the others and from what is known. By name. */
export function raterFigures(answers: readonly BatchAnswer[], agreement: Agreement): BatchRater[] {
  return [...Map.groupBy(answers, ({ rater }) => rater)]
    .map(([rater, own]) => figuresOf(rater, own, agreement))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function figuresOf(rater: string, own: readonly BatchAnswer[], agreement: Agreement): BatchRater {
  const submitted = own.filter(({ skipReason }) => skipReason === undefined);
  const last = own.at(-1);
  return {
    rater,
    name: last?.name ?? rater,
    done: submitted.length,
    skipped: own.length - submitted.length,
    cannotRate: submitted.flatMap(({ answers }) => Object.values(answers)).filter((said) => said === 'cannot-rate')
      .length,
    ...paceOf(submitted.filter(({ imported }) => !imported)),
    ...(last === undefined ? {} : { lastAt: new Date(last.atMs).toISOString() }),
    biases: biasesOf(rater, agreement),
    gold: goldFigures(submitted),
  };
}

function biasesOf(rater: string, agreement: Agreement): BatchRater['biases'] {
  if (agreement.status !== 'ready') return [];
  return agreement.dimensions.flatMap(({ dimension, raterBiases }) => {
    const found = raterBiases.find((one) => one.rater === rater);
    return found === undefined ? [] : [{ dimension, bias: found.bias }];
  });
}

/** A rater's errors on one gold item. */
type GoldItem = { errors: readonly number[] };

/**
 * How a rater's answers to gold items lie to the known ratings, with intervals over items: the dimensions of one are not
 * independent. What they could not rate counts nothing.
 */
function goldFigures(submitted: readonly BatchAnswer[]): BatchRater['gold'] {
  const found = submitted.flatMap(({ gold = {}, answers }): GoldItem[] => {
    const errors = Object.entries(gold).flatMap(([dimension, known]) => {
      const said = answers[dimension as Dimension];
      return typeof said === 'number' && known !== undefined ? [said - known] : [];
    });
    return errors.length === 0 ? [] : [{ errors }];
  });
  return {
    answers: found.reduce((sum, { errors }) => sum + errors.length, 0),
    exact: meanOver(found, (error) => (error === 0 ? 1 : 0)),
    withinOne: meanOver(found, (error) => (Math.abs(error) <= 1 ? 1 : 0)),
    meanError: meanOver(found, (error) => error),
  };
}

/** The mean over all answers: a ratio of sums over items. */
function meanOver(items: readonly GoldItem[], read: (error: number) => number): MeasuredValue {
  const sums = items.map(({ errors }) => ({
    sum: errors.reduce((total, error) => total + read(error), 0),
    count: errors.length,
  }));
  const ratio = (drawn: readonly (typeof sums)[number][]) =>
    drawn.reduce((total, { sum }) => total + sum, 0) / drawn.reduce((total, { count }) => total + count, 0);
  return bootstrapInterval(sums, ratio, { seed: 1, resamples: RESAMPLES });
}
