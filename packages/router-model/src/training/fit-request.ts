import { seededRandom } from '@pointsman/statistics';
import { at, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { type EncodedRequest, encodeRequest } from '../model/read-request.ts';
import type { ClassHead, Encoder, RequestModel } from '../model/request-model.ts';
import { emptyClassHead, fitClassHead } from './fit-class-head.ts';
import { fitLeverage } from './fit-familiarity.ts';
import { fitModels, type ModelFit } from './fit-models.ts';
import type { TrainingData } from './prepare-data.ts';

/** What all fits of one training share. */
export type Fitting = {
  data: TrainingData;
  encoder: Encoder;
  requests: EncodedRequest[];
  /** Rows x phi: the requests' latent vectors again, together. */
  phi: Matrix;
  seed: number;
};

/** Encodes every row of the data. */
export function encodeAll(data: TrainingData, encoder: Encoder): Pick<Fitting, 'requests' | 'phi'> {
  const requests = data.features.map((features) => encodeRequest(encoder, features));
  const phi = zeros(requests.length, requests[0]?.phi.length ?? 0);
  requests.forEach((request, row) => {
    rowOf(phi, row).set(request.phi);
  });
  return { requests, phi };
}

/** Learns to tell kinds apart from the listed rows. */
export function fitKindHead({ data, encoder, requests, seed }: Fitting, rows: ArrayLike<number>): ClassHead {
  return fitClassHead(
    {
      requests,
      labels: data.kindOf,
      classes: data.kinds.length,
      buckets: encoder.buckets,
      rows,
      random: seededRandom(seed),
    },
    encoder.latent,
  );
}

export type RouterFit = { request: RequestModel; models: ModelFit['table'] };

export type FitInputs = {
  kindHead: ClassHead;
  /** Rows to learn from. */
  rows: Int32Array;
  /** For every row the kind probabilities given by a head that had not learned from it. */
  probabilities: Matrix;
  familiarity: RequestModel['familiarity'];
};

/** Fits everything behind the kind head on the listed rows; calibration is left neutral, domain and task heads empty. */
export function fitRouter(fitting: Fitting, inputs: FitInputs): RouterFit {
  const { data, encoder, phi, seed } = fitting;
  const isListed = new Uint8Array(data.rows.length);
  for (const row of inputs.rows) isListed[row] = 1;
  const { table, skills, lengths } = fitModels({
    data,
    phi,
    probabilities: inputs.probabilities,
    keep: (row) => isListed[row] === 1,
    fallbackKinds: fallbackKinds(data, inputs.rows),
    seed,
  });
  const untaught = emptyClassHead({ buckets: encoder.buckets, phiLength: phi.columns, classes: 0 });
  const request: RequestModel = {
    kinds: data.kinds,
    encoder,
    kindHead: inputs.kindHead,
    domainHead: untaught,
    taskHead: untaught,
    skills,
    lengths,
    leverage: fitLeverage(phi, inputs.rows),
    familiarity: inputs.familiarity,
  };
  return { request, models: table };
}

/** Every source the same weight, within it every kind by its rows. */
function fallbackKinds(data: TrainingData, rows: Int32Array): number[] {
  const perSource = new Float64Array(data.sources.length);
  for (const row of rows) {
    const source = at(data.sourceOf, row);
    perSource[source] = at(perSource, source) + 1;
  }
  const sources = perSource.filter((count) => count > 0).length;
  const weights = new Float64Array(data.kinds.length);
  for (const row of rows) {
    const kind = at(data.kindOf, row);
    weights[kind] = at(weights, kind) + 1 / (sources * at(perSource, at(data.sourceOf, row)));
  }
  return [...weights];
}
