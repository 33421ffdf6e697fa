import type { UnscoredWhy } from '@pointsman/contracts';
import { mean } from '@pointsman/statistics';
import {
  type Attempt,
  askValidated,
  type ValidatedReply,
  type ValidationRecord,
  validationRecord,
} from '@pointsman/validated-replies';
import type { AskJudge, JudgedCase } from '../asking/judge.ts';
import { type SampleOutcome, sampleOutcome, validSamples } from '../asking/valid-samples.ts';
import { type JudgeChoice, PREFERENCE_RULES } from '../asking/verdict-schema.ts';
import { type PairJudge, writePairRequest } from './write-pair-request.ts';

export type PairWinner = 'a' | 'b' | 'tie';

/** One sample: what was chosen with `a` shown first, with `b` shown first, and what the two come to. */
export type PairSample = {
  aFirst: PairWinner;
  bFirst: PairWinner;
  /** What both orders say; a tie where they differ. */
  winner: PairWinner;
  /** Of the order in which `a` was first. */
  explanation: string;
};

/** One question put to the judge, and what validation made of the reply. */
export type PairQuestion = {
  sample: number;
  order: 'a-first' | 'b-first';
  attempts: readonly Attempt[];
  record: ValidationRecord;
};

export type PairComparison = { asked: readonly PairQuestion[] } & (
  | {
      status: 'compared';
      /** What more than half of the valid samples say; a tie otherwise. */
      winner: PairWinner;
      /** Mean of the samples, in [0, 1]: 1 where `a` is better, 0.5 for a tie, 0 where `b` is. */
      preference: number;
      /** Of how many samples both orders agree. */
      consistent: number;
      samples: readonly PairSample[];
    }
  | { status: 'unscored'; why: UnscoredWhy; detail: string }
);

export type ComparePairOptions = { ask: AskJudge; judge: PairJudge; case: JudgedCase; a: string; b: string };

/**
 * Asks which of two replies is better, each sample in both orders, for judges lean towards one place: a choice that flips
 * with the order is a tie. A sample counts when both orders were answered; at least half of them, rounded up, must.
 */
export async function comparePair(options: ComparePairOptions): Promise<PairComparison> {
  const { judge } = options;
  const samples = await Promise.all(Array.from({ length: judge.samples }, (_, sample) => askBoth(options, sample)));
  const asked = samples.flatMap(({ aFirst, bFirst }, sample): PairQuestion[] => [
    { sample, order: 'a-first', attempts: aFirst.attempts, record: validationRecord(judge.model, aFirst) },
    { sample, order: 'b-first', attempts: bFirst.attempts, record: validationRecord(judge.model, bFirst) },
  ]);
  const valid = validSamples(samples.map((both) => joinOrders(judge, both)));
  if ('why' in valid) return { status: 'unscored', ...valid, asked };
  return { status: 'compared', ...summarise(valid.values), asked };
}

type BothOrders = Record<'aFirst' | 'bFirst', ValidatedReply<JudgeChoice>>;

async function askBoth({ ask, judge, case: judged, a, b }: ComparePairOptions, sample: number): Promise<BothOrders> {
  const askOrder = (first: string, second: string) =>
    askValidated<JudgeChoice>({
      ...writePairRequest({ judge, case: judged, first, second }),
      ask: (request) => ask(request, { sample }),
      rules: PREFERENCE_RULES,
      strict: judge.strict,
    });
  const [aFirst, bFirst] = await Promise.all([askOrder(a, b), askOrder(b, a)]);
  return { aFirst, bFirst };
}

function joinOrders(judge: PairJudge, both: BothOrders): SampleOutcome<PairSample> {
  const [forward, backward] = [sampleOutcome(both.aFirst), sampleOutcome(both.bFirst)];
  if ('why' in forward) return forward;
  if ('why' in backward) return backward;
  const aFirst = winnerOf(judge, forward.value, { first: 'a', second: 'b', tie: 'tie' });
  const bFirst = winnerOf(judge, backward.value, { first: 'b', second: 'a', tie: 'tie' });
  const winner = aFirst === bFirst ? aFirst : 'tie';
  return { value: { aFirst, bFirst, winner, explanation: forward.value.explanation } };
}

type Place = PairJudge['prompt']['choices'][number]['winner'];

function winnerOf(judge: PairJudge, { choice }: JudgeChoice, shown: Record<Place, PairWinner>): PairWinner {
  const chosen = judge.prompt.choices.find(({ letter }) => letter === choice);
  if (chosen === undefined) throw new Error(`${choice} is no letter of the prompt; the schema let it through.`);
  return shown[chosen.winner];
}

const PREFERENCE = { a: 1, tie: 0.5, b: 0 } as const;

function summarise(samples: readonly PairSample[]) {
  const mostSay = (side: PairWinner) => samples.filter(({ winner }) => winner === side).length * 2 > samples.length;
  const winner: PairWinner = (['a', 'b'] as const).find(mostSay) ?? 'tie';
  return {
    winner,
    preference: mean(samples.map((sample) => PREFERENCE[sample.winner])),
    consistent: samples.filter(({ aFirst, bFirst }) => aFirst === bFirst).length,
    samples,
  };
}
