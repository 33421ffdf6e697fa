import { DIMENSIONS, type Dimension, type Verdict, type Verdicts } from '@pointsman/contracts';
import {
  type Attempt,
  askValidated,
  type ValidatedReply,
  type ValidationRecord,
  validationRecord,
} from '@pointsman/validated-replies';
import { byDimension } from '../rubrics/by-dimension.ts';
import type { AskJudge, Judge, JudgedCase } from './judge.ts';
import { scoreSamples } from './score-samples.ts';
import { sampleOutcome } from './valid-samples.ts';
import { type AskedVerdict, VERDICT_RULES } from './verdict-schema.ts';
import { writeJudgeRequest } from './write-judge-request.ts';

/** One sample of the judge: what it was asked, what it said, and what validation made of it. */
export type JudgeSample = {
  sample: number;
  dimensions: readonly Dimension[];
  attempts: readonly Attempt[];
  record: ValidationRecord;
};

export type JudgedReply = {
  /** All six; those not asked are unscored, `not-asked`. */
  verdicts: Verdicts;
  samples: readonly JudgeSample[];
};

export type JudgeReplyOptions = {
  ask: AskJudge;
  judge: Judge;
  case: JudgedCase;
  /** As the model wrote it; an empty one is judged too. */
  reply: string;
  /** All six unless told; see `dimensionsToAsk`. */
  dimensions?: readonly Dimension[] | undefined;
};

/**
 * Asks the judge for its samples, all at once, and averages them by dimension. A dimension is scored when at least half of
 * its samples, rounded up, are valid; otherwise it is unscored and says why. Rejects only for a bug, never for what a judge
 * or its provider does.
 */
export async function judgeReply(options: JudgeReplyOptions): Promise<JudgedReply> {
  const { judge, dimensions = DIMENSIONS } = options;
  const lacksReference = (dimension: Dimension) =>
    judge.rubrics[dimension].reference === 'required' && options.case.reference === undefined;
  const askable = DIMENSIONS.filter((dimension) => dimensions.includes(dimension) && !lacksReference(dimension));
  const groups = judge.separately ? askable.map((dimension) => [dimension]) : askable.length === 0 ? [] : [askable];
  const asked = await Promise.all(groups.map(async (group) => ({ group, replies: await askSamples(options, group) })));
  const verdicts = byDimension((dimension): Verdict => {
    const replies = asked.find(({ group }) => group.includes(dimension))?.replies;
    if (replies !== undefined) return scoreSamples(judge.rubrics[dimension], replies.map(sampleOutcome));
    return dimensions.includes(dimension) ? NO_REFERENCE : NOT_ASKED;
  });
  const samples = asked.flatMap(({ group, replies }) =>
    replies.map((reply, sample) => ({
      sample,
      dimensions: group,
      attempts: reply.attempts,
      record: validationRecord(judge.model, reply),
    })),
  );
  return { verdicts, samples };
}

const NO_REFERENCE: Verdict = {
  status: 'unscored',
  why: 'no-reference',
  detail: 'the rubric needs a reference and the case has none',
};
const NOT_ASKED: Verdict = {
  status: 'unscored',
  why: 'not-asked',
  detail: 'the judge was not asked for this dimension',
};

function askSamples(
  { ask, judge, case: judged, reply }: JudgeReplyOptions,
  dimensions: readonly Dimension[],
): Promise<ValidatedReply<AskedVerdict>[]> {
  const question = writeJudgeRequest({ judge, case: judged, reply, dimensions });
  return Promise.all(
    Array.from({ length: judge.samples }, (_, sample) =>
      askValidated<AskedVerdict>({
        ...question,
        ask: (request) => ask(request, { sample }),
        rules: VERDICT_RULES,
        strict: judge.strict,
      }),
    ),
  );
}
