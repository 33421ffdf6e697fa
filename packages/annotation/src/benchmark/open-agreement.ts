import { setTimeout as wait } from 'node:timers/promises';
import { type Agreement, DIMENSIONS, type Dimension, type DimensionAgreementView } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { readRubrics } from '@pointsman/judge';
import { type DimensionRatings, type ReadyAgreement, ratingsByDimension } from './agreement-of-ratings.ts';
import { computeAgreement } from './compute-agreement.ts';

export type AgreementReader = {
  /** What is known once `patienceMs` are over: of the ratings as they are, else of earlier ones, else that it is being worked out. */
  read(patienceMs: number): Promise<Agreement>;
};

export type AgreementSources = {
  repositories: {
    annotations: Pick<Repositories['annotations'], 'all'>;
    judgeReading: Pick<Repositories['judgeReading'], 'ratingsRevision'>;
  };
  /** Elsewhere than on the calling thread. */
  compute?: ((dimensions: readonly DimensionRatings[]) => Promise<DimensionAgreementView[]>) | undefined;
};

type Computation = { revision: string; found: Promise<ReadyAgreement> };

/** How far raters agree, worked out once for each state of the ratings, one at a time. */
export function openAgreement({ repositories, compute = computeAgreement }: AgreementSources): AgreementReader {
  let latest: { revision: string; found: ReadyAgreement } | undefined;
  let underway: Computation | undefined;

  const begin = (revision: string): Computation => {
    const found = agreementNow(repositories, compute);
    const begun = { revision, found };
    const over = (outcome: ReadyAgreement | undefined) => {
      if (underway === begun) underway = undefined;
      if (outcome !== undefined) latest = { revision, found: outcome };
    };
    // Whoever waits is told of a failure; whoever no longer does asks again.
    found.then(over, () => over(undefined));
    return begun;
  };

  return {
    async read(patienceMs) {
      const revision = await repositories.judgeReading.ratingsRevision();
      if (latest?.revision === revision) return latest.found;
      underway ??= begin(revision);
      const { revision: of, found } = underway;
      const enough = new AbortController();
      const tooLate = wait(patienceMs, undefined, { signal: enough.signal, ref: false }).catch(() => undefined);
      const done = await Promise.race([found, tooLate]).finally(() => enough.abort());
      if (done !== undefined) return { ...done, current: of === revision };
      return latest === undefined ? { status: 'computing' } : { ...latest.found, current: false };
    },
  };
}

async function agreementNow(
  { annotations }: Pick<AgreementSources['repositories'], 'annotations'>,
  compute: (dimensions: readonly DimensionRatings[]) => Promise<DimensionAgreementView[]>,
): Promise<ReadyAgreement> {
  const [replies, rubrics] = await Promise.all([annotations.all(), readRubrics()]);
  const ends = ({ choices }: { choices: { rating: number }[] }): [number, number] => {
    const steps = choices.map(({ rating }) => rating);
    return [Math.min(...steps), Math.max(...steps)];
  };
  const scales = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, ends(rubrics[dimension])]));
  const dimensions = ratingsByDimension(replies, scales as Record<Dimension, [number, number]>);
  const ratings = replies.flatMap((reply) => reply.ratings);
  return {
    status: 'ready',
    current: true,
    replies: replies.filter((reply) => reply.ratings.length > 0).length,
    raters: new Set(ratings.map(({ rater }) => rater)).size,
    ratings: ratings.length,
    dimensions: dimensions.length === 0 ? [] : await compute(dimensions),
  };
}
