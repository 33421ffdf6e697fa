import type { Rubric, UnscoredWhy, Verdict, Verdicts } from '@pointsman/contracts';
import { mean } from '@pointsman/statistics';
import { byDimension } from '../rubrics/by-dimension.ts';
import { type SampleOutcome, validSamples } from './valid-samples.ts';
import type { AskedVerdict } from './verdict-schema.ts';

/** The verdict on one dimension: the mean of the scores of the letters that the samples chose. */
export function scoreSamples(rubric: Rubric, outcomes: readonly SampleOutcome<AskedVerdict>[]): Verdict {
  const valid = validSamples(outcomes);
  if ('why' in valid) return { status: 'unscored', ...valid };
  const chosen = valid.values.flatMap((verdict) => verdict[rubric.dimension] ?? []);
  const samples = chosen.flatMap(({ choice }) => rubric.choices.find(({ letter }) => letter === choice)?.score ?? []);
  const [first] = chosen;
  if (first === undefined || samples.length < chosen.length) {
    throw new Error(
      `A valid verdict has a choice of the rubric for ${rubric.dimension}; the schema let something else through.`,
    );
  }
  return { status: 'scored', score: mean(samples), samples, scorer: 'judge', explanation: first.explanation };
}

/** Verdicts that say the same of every dimension: those of a reply that is missing, say. */
export function unscoredVerdicts(why: UnscoredWhy, detail: string): Verdicts {
  return byDimension(() => ({ status: 'unscored', why, detail }));
}
