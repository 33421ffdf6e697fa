import type {
  Contestant,
  EvaluationReport,
  EvaluationVerdict,
  Metric,
  MetricComparison,
  SliceComparison,
} from '@pointsman/contracts';

/** The words in which every form of a report says the same thing. */
export const METRIC_TITLES: Readonly<Record<Metric, string>> = {
  overall: 'Overall',
  factual_accuracy: 'Factual accuracy',
  coherence: 'Coherence',
  relevance: 'Relevance',
  completeness: 'Completeness',
  tone: 'Tone',
  safety: 'Safety',
};

export const VERDICT_TITLES: Readonly<Record<EvaluationVerdict, string>> = {
  pass: 'Pass',
  regression: 'Regression',
  inconclusive: 'Inconclusive',
};

export const BASIS_TITLES: Readonly<Record<MetricComparison['basis'], string>> = {
  ppi: 'judge corrected by people (PPI++)',
  people: 'people',
  checks: 'checks',
  'calibrated-judge': 'calibrated judge',
  'uncalibrated-judge': 'uncalibrated judge',
};

export const SLICE_TITLES: Readonly<Record<SliceComparison['by'], string>> = {
  domain: 'Domain',
  task: 'Task',
  language: 'Language',
  difficulty: 'Difficulty',
};

export const EMULATED =
  'Emulated: replies or verdicts came from the provider emulator. This shows how a run works, not how good a model is.';

/** A model and the prompt it ran under; the prompt's hash tells two versions of one file apart. */
export function contestantName({ model, prompt }: Contestant): string {
  return prompt === undefined ? model : `${model} with ${prompt.name} (${prompt.hash.slice(0, 8)})`;
}

export const benchmarkName = ({ name, version }: EvaluationReport['benchmark']): string => `${name}@${version}`;

/** Which way a metric moved; what passes is not worse by as much as matters, whatever else is open. */
export function directionTitle({ verdict, direction }: Pick<MetricComparison, 'verdict' | 'direction'>): string {
  if (verdict === 'pass' && direction === 'worse') return 'worse, within the margin';
  return verdict === 'pass' && direction === 'unclear' ? 'not worse' : direction;
}
