import { createHash } from 'node:crypto';
import { caseHash } from '@pointsman/benchmark';
import type { BenchmarkCase, Dimension } from '@pointsman/contracts';
import type { AnnotatedReply, Repositories } from '@pointsman/db';
import { driftVerdict, FIRST_NIGHT, fitCalibration, watchDrift } from '@pointsman/judge/calibration';
import { seededRandom } from '@pointsman/statistics';
import { SAMPLE_JUDGE } from './store-sample-run.ts';

export const SAMPLE_RATERS = ['ada@raters.example', 'bo@raters.example', 'cy@raters.example'] as const;
const RATED: readonly Dimension[] = ['factual_accuracy', 'tone'];
const MODELS = ['openai/gpt-4.1', 'mistral/mistral-small-3.2'];

/**
 * Three people's ratings of two replies to each case, one of whom is too mild; a calibration fitted to them; and a judge
 * that was watched for two nights.
 */
export async function storeSampleJudging(
  repositories: Pick<Repositories, 'annotations' | 'calibrations' | 'anchors'>,
  cases: readonly BenchmarkCase[],
): Promise<void> {
  const replies = cases.flatMap((subject) => MODELS.map((model) => ratedReply(subject, model)));
  await repositories.annotations.record(replies, 'sample');
  for (const dimension of RATED) await storeCalibration(repositories, replies, dimension);
  await storeNights(repositories, replies);
}

function ratedReply(subject: BenchmarkCase, model: string): AnnotatedReply {
  const random = seededRandom(`${subject.id} ${model}`);
  const text = `A reply of ${model} to ${subject.id}`;
  return {
    caseHash: caseHash(subject),
    replyHash: createHash('sha256').update(text).digest('hex'),
    caseId: subject.id,
    model,
    reply: text,
    ratings: RATED.flatMap((dimension) => {
      const quality = 1 + 4 * random();
      return SAMPLE_RATERS.map((rater) => {
        const rating = quality + 1.2 * (random() - 0.5) + (rater === SAMPLE_RATERS[2] ? 0.8 : 0);
        return {
          rater,
          dimension,
          rating: Math.min(5, Math.max(1, Math.round(rating))),
          scale: [1, 5] as [number, number],
        };
      });
    }),
    adjudications: [],
  };
}

async function storeCalibration(
  { calibrations }: Pick<Repositories, 'calibrations'>,
  replies: readonly AnnotatedReply[],
  dimension: Dimension,
): Promise<void> {
  const random = seededRandom(dimension);
  const rows = replies.map(({ caseHash: group, model, ratings }) => {
    const own = ratings.filter((one) => one.dimension === dimension).map(({ rating }) => rating);
    const mean = own.reduce((sum, rating) => sum + rating, 0) / own.length;
    return {
      group,
      system: model,
      ratings: own,
      score: Math.min(1, Math.max(0, (mean - 1) / 4 + 0.3 * (random() - 0.3))),
    };
  });
  const identity = {
    judge: SAMPLE_JUDGE.hash,
    dimension,
    rawScale: [0, 1] as [number, number],
    scale: [1, 5] as [number, number],
    inputs: {},
  };
  const fit = fitCalibration(rows, { identity, fittedAt: '2026-11-20T10:00:00.000Z' });
  if (fit.status !== 'fitted') throw new Error(`the sample labels are refused: ${JSON.stringify(fit)}`);
  await calibrations.save({ judge: SAMPLE_JUDGE, emulated: true, dimension, body: fit.calibration });
}

async function storeNights(
  { anchors }: Pick<Repositories, 'anchors'>,
  replies: readonly AnnotatedReply[],
): Promise<void> {
  const items = replies.slice(0, 40);
  await anchors.pin('sample-anchors', items);
  const by = { anchorSet: 'sample-anchors', judge: SAMPLE_JUDGE, emulated: true };
  const found = driftVerdict(
    items.map(({ caseHash: group }, index) => ({
      group,
      pinned: [(index % 5) / 4, (index % 5) / 4],
      tonight: [(index % 4) / 4, 0],
    })),
    { deals: 199, resamples: 100 },
  );
  const watch = found.verdict === 'too-few-anchors' ? FIRST_NIGHT : watchDrift(FIRST_NIGHT, found.overallP);
  const night = { verdict: found.verdict, dimensions: [{ dimension: 'tone', found }], watch };
  await anchors.finish(await anchors.begin(by), { scores: [], verdict: null });
  await anchors.finish(await anchors.begin(by), { scores: [], verdict: night });
}
