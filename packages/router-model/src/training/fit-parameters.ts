import { seededRandom } from '@pointsman/statistics';
import { encode, lookUp } from '../forward.ts';
import { at, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { type DimensionHead, type Encoder, type RouterParameters, SIDE_SCALE } from '../parameters.ts';
import { neutralCalibration } from './calibrate.ts';
import { filterCells } from './cells.ts';
import { fitAbilities, sumByDomain } from './fit-abilities.ts';
import { fitDomainClassifier } from './fit-domain-classifier.ts';
import { fitScoreTable } from './fit-domain-table.ts';
import { fitLeverage } from './fit-familiarity.ts';
import { fitScoreResiduals } from './fit-residuals.ts';
import { fitTokenHead } from './fit-token-head.ts';
import type { TrainingData } from './prepare-data.ts';

/** What all fits of one training share. */
export type Fitting = { data: TrainingData; encoder: Encoder; phi: Matrix; seed: number };

/** Encodes every row of the data: rows x phi. */
export function encodeAll(data: TrainingData, encoder: Encoder): Matrix {
  const phi = zeros(data.rows.length, 1 + encoder.latent + encoder.sideMean.length);
  data.features.forEach((features, row) => {
    rowOf(phi, row).set(encode(encoder, features));
  });
  return phi;
}

// The classifier's Adam steps are the same size for every weight, so its inputs must vary by about as much as each other.
const LATENT_BOOST = 8;
const SIDE_BOOST = 0.5 / SIDE_SCALE;

/** Learns to tell domains apart from the listed rows; returns phi x domains. */
export function fitClassifier({ data, encoder, phi, seed }: Fitting, rows: ArrayLike<number>): Matrix {
  const boost = Float64Array.from({ length: phi.columns }, (_, k) => {
    if (k === 0) return 1;
    return k <= encoder.latent ? LATENT_BOOST : SIDE_BOOST;
  });
  const boosted = zeros(phi.rows, phi.columns);
  for (let i = 0; i < phi.data.length; i += 1) boosted.data[i] = at(phi.data, i) * at(boost, i % phi.columns);
  const random = seededRandom(seed);
  const classifier = fitDomainClassifier(boosted, data.domainOf, { classes: data.domains.length, rows, random });
  for (let k = 0; k < classifier.rows; k += 1) {
    const weights = rowOf(classifier, k);
    for (let d = 0; d < weights.length; d += 1) weights[d] = at(weights, d) * at(boost, k);
  }
  return classifier;
}

export type FitInputs = {
  classifier: Matrix;
  /** Rows to learn from. */
  rows: Int32Array;
  /** For every row the domain probabilities given by a classifier that had not learned from it. */
  probabilities: Matrix;
  familiarity: RouterParameters['familiarity'];
  /** Reply lengths need no calibration, so held-out fits go without. */
  withTokens: boolean;
};

/** Fits everything behind the classifier on the listed rows; calibration is left neutral. */
export function fitParameters(fitting: Fitting, inputs: FitInputs): RouterParameters {
  const { data, encoder, phi } = fitting;
  const isListed = new Uint8Array(data.rows.length);
  for (const row of inputs.rows) isListed[row] = 1;
  const keep = (row: number): boolean => isListed[row] === 1;
  return {
    models: data.models,
    domains: data.domains,
    encoder,
    classifier: inputs.classifier,
    fallbackDomains: fallbackDomains(data, inputs.rows),
    leverage: fitLeverage(phi, inputs.rows),
    familiarity: inputs.familiarity,
    heads: fitHeads(fitting, inputs.probabilities, keep),
    tokens: fitTokenHead({
      phi,
      cells: filterCells(data.logTokens, inputs.withTokens ? keep : () => false),
      domainOf: data.domainOf,
      domains: data.domains.length,
      probabilities: inputs.probabilities,
    }),
  };
}

function fitHeads({ data, phi }: Fitting, probabilities: Matrix, keep: (row: number) => boolean): DimensionHead[] {
  const domains = data.domains.length;
  const scored = [...data.scores].map(([dimension, cells]) => {
    const kept = filterCells(cells, keep);
    return { dimension, cells: kept, sums: sumByDomain(kept, data.domainOf, domains) };
  });
  const { expected } = fitAbilities(scored.map(({ sums }) => sums));
  return scored.map(({ dimension, cells, sums }, k) => {
    const table = fitScoreTable(sums, expected[k] ?? zeros(domains, data.models.length));
    const bases = new Map<number, Float64Array>();
    const baseOf = (row: number): Float64Array => {
      const known = bases.get(row) ?? lookUp(table, rowOf(probabilities, row)).mean;
      bases.set(row, known);
      return known;
    };
    return {
      dimension,
      table,
      residual: fitScoreResiduals(phi, cells, baseOf),
      calibration: neutralCalibration(domains),
    };
  });
}

/** Every source the same weight, within it every domain by its rows. */
function fallbackDomains(data: TrainingData, rows: Int32Array): Float64Array {
  const perSource = new Float64Array(data.sources.length);
  for (const row of rows) {
    const source = at(data.sourceOf, row);
    perSource[source] = at(perSource, source) + 1;
  }
  const sources = perSource.filter((count) => count > 0).length;
  const weights = new Float64Array(data.domains.length);
  for (const row of rows) {
    const domain = at(data.domainOf, row);
    weights[domain] = at(weights, domain) + 1 / (sources * at(perSource, at(data.sourceOf, row)));
  }
  return weights;
}
