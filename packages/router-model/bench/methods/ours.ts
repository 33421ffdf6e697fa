import { featurise } from '../../src/features/featurise.ts';
import { estimateModels, prepareModels } from '../../src/model/estimate-models.ts';
import type { ModelTable } from '../../src/model/model-standing.ts';
import { encodeRequest, type RequestReading, readRequest } from '../../src/model/read-request.ts';
import { foldIn } from '../../src/online/fold-in.ts';
import { nextCases } from '../../src/online/next-cases.ts';
import { meanModel } from '../../src/prior/mean-model.ts';
import type { Prompt } from '../../src/prompt.ts';
import type { TrainingRow } from '../../src/rows.ts';
import { restrictReading } from '../../src/serving/restrict-reading.ts';
import { trainRouter } from '../../src/training/train-router.ts';
import type { TrainingOptions } from '../../src/training/training-settings.ts';
import type { Answer, Onboard } from './onboarding.ts';

/** What our router says of one prompt; arrays in the order of the models it was fitted for. */
export type OurPrediction = {
  means: Float64Array;
  /** Standard deviations of the expected quality. */
  spreads: Float64Array;
  /** Probabilities of the kinds of request it knows. */
  kinds: Float64Array;
  /** 1: like the training data, 0: like nothing seen. */
  familiarity: number;
  /** The means from the kinds alone, without what else the text says. */
  kindsOnlyMeans: Float64Array;
};

/** Size and seed of a training; the router's own where absent. */
export type OurTraining = Pick<TrainingOptions, 'buckets' | 'latent' | 'folds' | 'holdOutSources'> & { seed: number };

export type OurRouter = (prompt: Prompt) => OurPrediction | Promise<OurPrediction>;

/** Trains our router, as shipped, for some models. This file is all the benchmark knows of it. */
export async function fitOurs(train: TrainingRow[], models: string[], training: OurTraining): Promise<OurRouter> {
  const { request, models: table } = await trainRouter(train, {
    ...training,
    split: 'all',
    minModelRows: 1,
    excludeModels: /^$/,
  });
  const prepared = prepareModels(table);
  const columns = models.map((model) => prepared.names.indexOf(model));
  const inOrder = (perHead: readonly Float64Array[]) =>
    Float64Array.from(columns, (m) => perHead[0]?.[m] ?? Number.NaN);
  return (prompt) => {
    const reading = readRequest(request, encodeRequest(request.encoder, featurise(prompt, request.encoder.buckets)));
    const { means, spreads } = estimateModels(prepared, reading);
    const kindsOnly = estimateModels(prepared, restrictReading(reading, 'kind-averages', prepared.fallbackKinds));
    return {
      means: inOrder(means),
      spreads: inOrder(spreads),
      kinds: reading.kinds,
      familiarity: reading.familiarity,
      kindsOnlyMeans: inOrder(kindsOnly.means),
    };
  };
}

const NEWCOMER = 'newcomer';

/** How our router takes up a model from benchmark answers alone: its table is folded into, nothing is trained again. */
export const onboard: Onboard | undefined = async (train, _models, training) => {
  const { request, models: table } = await trainRouter(train, {
    ...training,
    split: 'all',
    minModelRows: 1,
    excludeModels: /^$/,
  });
  const read = (prompt: Prompt): RequestReading =>
    readRequest(request, encodeRequest(request.encoder, featurise(prompt, request.encoder.buckets)));
  const learned = (answers: readonly Answer[]): ModelTable =>
    foldIn(
      table,
      NEWCOMER,
      answers.map(({ prompt, quality }) => ({ reading: read(prompt), scores: { factual_accuracy: quality } })),
    );
  return {
    choose: (candidates, answered, count) => nextCases(learned(answered), NEWCOMER, candidates.map(read), count),
    learn: (answers) => {
      const known = learned(answers);
      // Without an answer it is what the table expects of a model it does not know.
      const isKnown = known.models.some(({ name }) => name === NEWCOMER);
      const prepared = prepareModels(isKnown ? known : { ...known, models: [meanModel(known)] });
      const column = Math.max(prepared.names.indexOf(NEWCOMER), 0);
      return (prompt) => estimateModels(prepared, read(prompt)).means[0]?.[column] ?? Number.NaN;
    },
  };
};
