import { type Split, splitsOf } from '../bench.ts';
import type { Pool } from '../data/pool.ts';
import {
  type Coverage,
  coverageByLabel,
  coverageByModel,
  type ModelCoverage,
  type PredictedRequest,
} from '../measures/interval-coverage.ts';
import { measureReliability, type Reliability } from '../measures/reliability.ts';
import { percent, table } from '../report/markdown.ts';
import type { HeldOutFold } from '../splits/hold-out.ts';
import type { SectionInput, SectionReport } from './section.ts';

/** The pool with the most kinds of request. */
const POOL = 'unified_7';
/** A coverage over fewer requests cannot tell 80 % from 90 %. */
const LEAST_REQUESTS = 30;

type CalibrationPart = {
  split: Split;
  overall: Reliability;
  models: { model: string; reliability: Reliability; coverage: ModelCoverage | undefined }[];
  /** By domain; by source where sources are left out. */
  labels: { label: string; reliability: Reliability; coverage: Coverage | undefined; familiarity: number }[];
  covered: number;
};

/** Whether our router's predictions mean what they say, on requests like the training data and unlike it. */
export async function reportCalibration({ bench, holdOutAll, options }: SectionInput): Promise<SectionReport> {
  const pool = await bench.pool(options.pools.includes(POOL) ? POOL : (options.pools[0] ?? POOL));
  if (pool === undefined) return { data: [], markdown: `The data has no pool ${POOL}.` };
  const parts: CalibrationPart[] = [];
  for (const split of splitsOf(pool, options.unseen)) {
    const requests = (await holdOutAll(pool, split)).flatMap((fold) => requestsOf(fold, split));
    parts.push(measureCalibration(requests, pool, split));
  }
  return { data: parts, markdown: `${LEGEND}\n\n${parts.map((part) => describe(pool, part)).join('\n\n')}` };
}

type OurRequest = PredictedRequest & { familiarity: number };

const requestsOf = ({ rows, ours }: HeldOutFold, split: Split): OurRequest[] =>
  rows.flatMap(({ row, quality }, n) => {
    const prediction = ours[n];
    const label = split === 'unseen sources' ? row.source : (row.domain ?? row.source);
    return prediction === undefined ? [] : [{ label, quality, ...prediction }];
  });

function measureCalibration(requests: readonly OurRequest[], { models }: Pool, split: Split): CalibrationPart {
  const cellsOf = (own: readonly OurRequest[], model?: number) =>
    own.flatMap(({ means, quality }) =>
      Array.from(means, (predicted, m) => ({ m, predicted, observed: quality[m] ?? 0 })).filter(
        ({ m }) => model === undefined || m === model,
      ),
    );
  const byModel = coverageByModel(requests, models);
  const byLabel = coverageByLabel(requests);
  return {
    split,
    overall: measureReliability(cellsOf(requests)),
    covered: byLabel.reduce((sum, { count, covered }) => sum + count * covered, 0) / requests.length,
    models: models.map((model, m) => ({
      model,
      reliability: measureReliability(cellsOf(requests, m)),
      coverage: byModel[m],
    })),
    labels: [...Map.groupBy(requests, ({ label }) => label)]
      .map(([label, own]) => ({
        label,
        reliability: measureReliability(cellsOf(own)),
        coverage: byLabel.find((coverage) => coverage.label === label),
        familiarity: own.reduce((sum, { familiarity }) => sum + familiarity, 0) / own.length,
      }))
      .sort((a, b) => (a.coverage?.covered ?? 0) - (b.coverage?.covered ?? 0)),
  };
}

const LEGEND = [
  'ECE: expected calibration error of predicted against observed quality over ten bins, in points; bias: observed less predicted.',
  'Coverage of 90 % intervals: by domain or source, the share of requests whose mean outcome over the models lies in the interval, the models’ luck included; by model, the share of domains (sources) of at least 20 requests in which its mean outcome lies in the interval, if requests of a domain all err alike and if each errs for itself; the truth lies between.',
].join('\n');

function describe({ name }: Pool, { split, overall, models, labels, covered }: CalibrationPart): string {
  const modelRows = models.map(({ model, reliability, coverage }) => [
    model,
    percent(reliability.expectedError),
    percent(reliability.bias),
    percent(coverage?.alike ?? Number.NaN),
    percent(coverage?.independent ?? Number.NaN),
  ]);
  const enough = labels.filter(({ coverage }) => (coverage?.count ?? 0) >= LEAST_REQUESTS);
  const labelRows = enough.map(({ label, reliability, coverage, familiarity }) => [
    label,
    String(coverage?.count ?? 0),
    familiarity.toFixed(2),
    percent(reliability.expectedError),
    percent(reliability.bias),
    percent(coverage?.covered ?? 0),
  ]);
  const bins = overall.bins.map(({ predicted, observed, count }) => [
    percent(predicted),
    percent(observed),
    String(count),
  ]);
  return [
    `### ${name}, ${split}: ECE ${percent(overall.expectedError)}, bias ${percent(overall.bias)}, ${percent(covered)} % of requests covered`,
    table(['predicted', 'observed', 'predictions'], bins),
    table(['model', 'ECE', 'bias', 'coverage, errors alike', 'coverage, errors independent'], modelRows),
    table(
      [split === 'unseen sources' ? 'source' : 'domain', 'requests', 'familiarity', 'ECE', 'bias', 'coverage'],
      labelRows,
    ),
  ].join('\n\n');
}
