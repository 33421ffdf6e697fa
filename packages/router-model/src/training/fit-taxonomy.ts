import { proportionInterval, seededRandom } from '@pointsman/statistics';
import type { Recognition } from '../artefact/manifest.ts';
import { measuredFrom } from '../evaluation/measured.ts';
import { featurise } from '../features/featurise.ts';
import { at } from '../mathematics/matrix.ts';
import { softmax } from '../mathematics/softmax.ts';
import { classLogits, type EncodedRequest, encodeRequest } from '../model/read-request.ts';
import type { ClassHead } from '../model/request-model.ts';
import { type Prompt, promptOf } from '../prompt.ts';
import { labelsOfBenchmark } from '../taxonomy/benchmark-labels.ts';
import { DOMAIN_LABELS, TASK_LABELS, UNKNOWN } from '../taxonomy/labels.ts';
import { likeliestLabel } from '../taxonomy/likeliest-label.ts';
import type { Lexicon, TaxonomyData } from '../taxonomy/read-taxonomy-data.ts';
import { emptyClassHead, fitClassHead } from './fit-class-head.ts';
import type { Fitting } from './fit-request.ts';

export type TaxonomyFit = {
  domainHead: ClassHead;
  taskHead: ClassHead;
  /** By cross-validation over the labelled prompts; absent without any. */
  recognition?: { domains: Recognition; tasks: Recognition } | undefined;
};

/** Benchmark rows taken from each kind: enough to know the subject, too few to drown prompts from work. */
const ROWS_PER_KIND = 5;
/** How often a labelled prompt counts: there are several times as many other examples. */
const REPEATS = 3;
/** Words of a lexicon make prompts of three, every word in two of them: single words are too short to learn from. */
const WORDS_PER_PROMPT = 3;
const LEXICON_PASSES = 2;
const FOLDS = 5;

/** A request with its label; those of labelled prompts have a fold, the others (-1) are never tested on. */
type Example = { request: EncodedRequest; label: number; fold: number };

/** Learns to name domain and task from labelled prompts, lexicons and, where their labels say so, benchmark rows. */
export function fitTaxonomy(fitting: Fitting, data: TaxonomyData): TaxonomyFit {
  const domains = fitLabels(fitting, {
    labels: DOMAIN_LABELS,
    prompts: data.prompts.map(({ domain, prompt }) => ({ label: domain, prompt })),
    words: data.domainWords,
    labelOfBenchmark: (name) => labelsOfBenchmark(name)?.domain,
  });
  const tasks = fitLabels(fitting, {
    labels: TASK_LABELS,
    prompts: data.prompts.map(({ task, prompt }) => ({ label: task, prompt })),
    words: data.taskWords,
    labelOfBenchmark: (name) => labelsOfBenchmark(name)?.task,
  });
  const heads = { domainHead: domains.head, taskHead: tasks.head };
  if (domains.recognition === undefined || tasks.recognition === undefined) return heads;
  return { ...heads, recognition: { domains: domains.recognition, tasks: tasks.recognition } };
}

type LabelData = {
  labels: readonly string[];
  prompts: readonly { label: string; prompt: Prompt }[];
  words: Lexicon;
  labelOfBenchmark(name: string | undefined): string | undefined;
};

function fitLabels(fitting: Fitting, data: LabelData): { head: ClassHead; recognition: Recognition | undefined } {
  const { labels, prompts, words, labelOfBenchmark } = data;
  const own = prompts.map(
    ({ label, prompt }, n): Example => ({
      request: encodePrompt(fitting, prompt),
      label: labels.indexOf(label),
      fold: n % FOLDS,
    }),
  );
  const others = [
    ...lexiconExamples(fitting, words, labels),
    ...benchmarkExamples(fitting, (name) => {
      const label = labelOfBenchmark(name);
      return label === undefined ? -1 : labels.indexOf(label);
    }),
  ];
  const fit = (without?: number): ClassHead => {
    const used = own.filter(({ fold }) => fold !== without).flatMap((example) => repeated(example, REPEATS));
    return fitExamples(fitting, [...used, ...others], labels.length);
  };
  if (own.length < FOLDS) return { head: fit(), recognition: undefined };
  const outcomes = Array.from({ length: FOLDS }, (_, fold) => {
    const head = fit(fold);
    return own.filter((example) => example.fold === fold).map((example) => outcomeOf(example, head, labels));
  }).flat();
  const named = outcomes.filter(({ isNamed }) => isNamed);
  const right = named.filter(({ isRight }) => isRight).length;
  const correct = measuredFrom(proportionInterval(right, named.length));
  return { head: fit(), recognition: { prompts: own.length, correct, labelled: named.length / own.length } };
}

const repeated = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

const encodePrompt = ({ encoder }: Fitting, prompt: Prompt): EncodedRequest =>
  encodeRequest(encoder, featurise(prompt, encoder.buckets));

function fitExamples({ encoder, phi, seed }: Fitting, examples: readonly Example[], classes: number): ClassHead {
  if (examples.length === 0) return emptyClassHead({ buckets: encoder.buckets, phiLength: phi.columns, classes });
  return fitClassHead(
    {
      requests: examples.map(({ request }) => request),
      labels: examples.map(({ label }) => label),
      classes,
      buckets: encoder.buckets,
      rows: Int32Array.from(examples.keys()),
      random: seededRandom(seed),
    },
    encoder.latent,
  );
}

function lexiconExamples(fitting: Fitting, words: Lexicon, labels: readonly string[]): Example[] {
  const random = seededRandom(fitting.seed);
  return Object.entries(words).flatMap(([label, entries]) =>
    Array.from({ length: LEXICON_PASSES }, () => {
      const order = shuffled(entries, random);
      return Array.from({ length: Math.ceil(order.length / WORDS_PER_PROMPT) }, (_, n): Example => {
        const text = order.slice(n * WORDS_PER_PROMPT, (n + 1) * WORDS_PER_PROMPT).join(', ');
        const prompt = promptOf({ model: 'auto', messages: [{ role: 'user', content: text }] });
        return { request: encodePrompt(fitting, prompt), label: labels.indexOf(label), fold: -1 };
      });
    }).flat(),
  );
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

function outcomeOf(
  example: Example,
  head: ClassHead,
  labels: readonly string[],
): { isNamed: boolean; isRight: boolean } {
  const label = likeliestLabel(softmax(classLogits(example.request, head)), labels);
  return { isNamed: label !== UNKNOWN, isRight: label === labels[example.label] };
}

function benchmarkExamples({ data, requests }: Fitting, labelOf: (name: string | undefined) => number): Example[] {
  const taken = new Int32Array(data.kinds.length);
  return data.rows.flatMap((row, r): Example[] => {
    const kind = at(data.kindOf, r);
    const label = labelOf(row.domain);
    const request = requests[r];
    if (label < 0 || request === undefined || at(taken, kind) >= ROWS_PER_KIND) return [];
    taken[kind] = at(taken, kind) + 1;
    return [{ request, label, fold: -1 }];
  });
}
