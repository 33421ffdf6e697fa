import { proportionInterval, seededRandom } from '@pointsman/statistics';
import type { Recognition } from '../artefact/manifest.ts';
import { measuredFrom } from '../evaluation/measured.ts';
import { featurise } from '../features/featurise.ts';
import { at } from '../mathematics/matrix.ts';
import { softmax } from '../mathematics/softmax.ts';
import { classLogits, type EncodedRequest, encodeRequest } from '../model/read-request.ts';
import type { ClassHead } from '../model/request-model.ts';
import { labelsOfBenchmark } from '../taxonomy/benchmark-labels.ts';
import { DOMAIN_LABELS, TASK_LABELS, UNKNOWN } from '../taxonomy/labels.ts';
import { likeliestLabel } from '../taxonomy/likeliest-label.ts';
import type { LabelledPrompt } from '../taxonomy/read-labelled-prompts.ts';
import { fitClassHead } from './fit-class-head.ts';
import type { Fitting } from './fit-request.ts';

export type TaxonomyFit = {
  domainHead: ClassHead;
  taskHead: ClassHead;
  /** By cross-validation over the labelled prompts; absent without any. */
  recognition?: { domains: Recognition; tasks: Recognition } | undefined;
};

/** Benchmark rows taken from each kind: enough to know the subject, too few to drown prompts from work. */
const ROWS_PER_KIND = 15;
/** How often a labelled prompt counts: there are several times as many benchmark rows. */
const REPEATS = 3;
const FOLDS = 5;

type Example = { request: EncodedRequest; domain: number; task: number; fold: number };

/** Learns to name domain and task from labelled prompts and, where their labels say so, benchmark rows. */
export function fitTaxonomy(fitting: Fitting, labelled: readonly LabelledPrompt[]): TaxonomyFit {
  const own = labelled.map(
    ({ domain, task, prompt }, n): Example => ({
      request: encodeRequest(fitting.encoder, featurise(prompt, fitting.encoder.buckets)),
      domain: DOMAIN_LABELS.indexOf(domain),
      task: TASK_LABELS.indexOf(task),
      fold: n % FOLDS,
    }),
  );
  const examples = [...own, ...benchmarkExamples(fitting)];
  const fit = (pick: (example: Example) => number, classes: number, without?: number): ClassHead => {
    const used = examples.flatMap((example) =>
      example.fold === without ? [] : Array.from({ length: example.fold < 0 ? 1 : REPEATS }, () => example),
    );
    return fitClassHead(
      {
        requests: used.map(({ request }) => request),
        labels: used.map(pick),
        classes,
        buckets: fitting.encoder.buckets,
        rows: Int32Array.from(used.keys()),
        random: seededRandom(fitting.seed),
      },
      fitting.encoder.latent,
    );
  };
  const recognise = (pick: (example: Example) => number, labels: readonly string[]): Recognition => {
    const outcomes = Array.from({ length: FOLDS }, (_, fold) => {
      const head = fit(pick, labels.length, fold);
      return own.filter((example) => example.fold === fold).map((example) => outcomeOf(example, head, pick, labels));
    }).flat();
    const named = outcomes.filter(({ isNamed }) => isNamed);
    const right = named.filter(({ isRight }) => isRight).length;
    return {
      prompts: own.length,
      correct: measuredFrom(proportionInterval(right, named.length)),
      labelled: named.length / own.length,
    };
  };
  return {
    domainHead: fit(({ domain }) => domain, DOMAIN_LABELS.length),
    taskHead: fit(({ task }) => task, TASK_LABELS.length),
    recognition:
      own.length < FOLDS
        ? undefined
        : {
            domains: recognise(({ domain }) => domain, DOMAIN_LABELS),
            tasks: recognise(({ task }) => task, TASK_LABELS),
          },
  };
}

function outcomeOf(
  example: Example,
  head: ClassHead,
  pick: (example: Example) => number,
  labels: readonly string[],
): { isNamed: boolean; isRight: boolean } {
  const label = likeliestLabel(softmax(classLogits(example.request, head)), labels);
  return { isNamed: label !== UNKNOWN, isRight: label === labels[pick(example)] };
}

function benchmarkExamples({ data, requests }: Fitting): Example[] {
  const taken = new Int32Array(data.kinds.length);
  return data.rows.flatMap((row, r): Example[] => {
    const kind = at(data.kindOf, r);
    const labels = labelsOfBenchmark(row.domain);
    const request = requests[r];
    if (labels === undefined || request === undefined || at(taken, kind) >= ROWS_PER_KIND) return [];
    taken[kind] = at(taken, kind) + 1;
    const domain = DOMAIN_LABELS.indexOf(labels.domain);
    return [{ request, domain, task: TASK_LABELS.indexOf(labels.task), fold: -1 }];
  });
}
