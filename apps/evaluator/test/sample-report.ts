import { createHash } from 'node:crypto';
import { compareResults } from '@pointsman/benchmark';
import {
  type Annotation,
  type BenchmarkCase,
  type Contestant,
  DIFFICULTIES,
  DIMENSIONS,
  type Dimension,
  DOMAINS,
  type EvaluatedItem,
  type EvaluationReport,
  evaluationReportSchema,
  TASKS,
  type Verdict,
  type Verdicts,
} from '@pointsman/contracts';
import { type Random, seededRandom } from '@pointsman/statistics';

const BASELINE: Contestant = { model: 'openai/gpt-4.1' };
const CANDIDATE: Contestant = {
  model: 'mistral/mistral-small-3.2',
  prompt: { name: 'support.md', text: 'You answer customers.', hash: 'b1946ac92492d2347c6235b4d2611184c2b6c1f5' },
};

export type SampleOptions = {
  candidate?: Contestant;
  baseline?: Contestant | undefined;
  /** How much the candidate's scores lie above the baseline's. */
  shift?: Partial<Record<Dimension, number>>;
  cases?: number;
  emulated?: boolean;
  /** Reply of the candidate to the first case, for texts that try to break out of a page. */
  hostileText?: string;
  seed?: string;
};

const WORSE_FACTS = { factual_accuracy: -0.1, completeness: -0.02, tone: 0.06 };

/**
 * A report as a run makes it: synthetic replies and verdicts, compared by the product's own comparison. By default a smaller
 * model that is worse on facts, most of all in law and in French, and better in tone.
 */
export function sampleReport(options: SampleOptions = {}): EvaluationReport {
  const { candidate = CANDIDATE, shift = WORSE_FACTS, cases: count = 420, seed = 'sample' } = options;
  const baseline = 'baseline' in options ? options.baseline : BASELINE;
  const random = seededRandom(seed);
  const cases = Array.from({ length: count }, (_, index) => sampleCase(index));
  const pairs = cases.map((subject) => samplePair(subject, shift, random));
  const [first] = pairs;
  if (first?.candidate.reply.status === 'answered' && options.hostileText !== undefined) {
    first.candidate.reply.text = options.hostileText;
    first.candidate.verdicts = verdictsOf(() => 0, random);
  }
  const comparison = compareResults({
    cases,
    candidate: pairs.map((pair) => pair.candidate),
    baseline: baseline && pairs.map((pair) => pair.baseline),
    calibrations: { factual_accuracy: (score) => 0.1 + 0.85 * score, tone: (score) => 0.05 + 0.9 * score },
    people: {
      candidate: annotationsOf(pairs.map((pair) => pair.candidate)),
      baseline: annotationsOf(pairs.map((pair) => pair.baseline)),
    },
    minEffect: 0.02,
    alpha: 0.05,
    seed,
  });
  return evaluationReportSchema.parse({
    format: 1,
    runId: `run_${hashOf(`${candidate.model}${seed}`).slice(0, 12)}`,
    benchmark: { name: 'starter', version: 1, hash: hashOf('starter'), cases: count },
    judge: {
      model: 'anthropic/claude-sonnet-4-5',
      promptHash: hashOf('prompt'),
      rubrics: Object.fromEntries(DIMENSIONS.map((name) => [name, { version: 1, hash: hashOf(name) }])),
      samples: 5,
      temperature: 1,
      hash: hashOf('judge'),
    },
    candidate,
    ...(baseline && { baseline: { ...baseline, runId: 'run_4f2a91c07be3' } }),
    ...comparison,
    calibration: DIMENSIONS.map((dimension) =>
      dimension === 'factual_accuracy' || dimension === 'tone'
        ? { dimension, status: 'calibrated', detail: 'isotonic, 240 ratings by 3 people, cross-validated by case' }
        : { dimension, status: 'not-calibrated', detail: 'no calibration was fitted for this judge' },
    ),
    judgeValidation: {
      model: 'anthropic/claude-sonnet-4-5',
      questions: 2_090,
      notAnswered: 3,
      refused: 1,
      withoutValidation: { success: share(1_990), toReview: share(34), failed: share(62) },
      withValidation: { success: share(2_048), toReview: share(34), failed: share(4) },
      triesPerQuestion: { estimate: 1.03, low: 1.02, high: 1.04, confidence: 0.95, n: 2_086 },
    },
    emulated: options.emulated ?? false,
    spent: { nanoUsd: 12_480_300_000, unknownCosts: 2, callsInFlightWhenKilled: 0 },
    startedAt: '2026-11-21T09:12:04.000Z',
    finishedAt: '2026-11-21T09:31:47.000Z',
  });
}

/** Of 2,086 replies, with a rough interval: only its looks matter here. */
function share(count: number) {
  const estimate = count / 2_086;
  const margin = 2 * Math.sqrt((estimate * (1 - estimate)) / 2_086);
  return {
    count,
    share: {
      estimate,
      low: Math.max(0, estimate - margin),
      high: Math.min(1, estimate + margin),
      confidence: 0.95,
      n: 2_086,
    },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function sampleCase(index: number): BenchmarkCase {
  const domain = DOMAINS[index % DOMAINS.length] ?? 'legal';
  const task = TASKS[Math.floor(index / 3) % TASKS.length] ?? 'answer';
  const french = index % 2 === 1;
  return {
    id: `${domain}-${task}-${String(index).padStart(3, '0')}`,
    messages: [{ role: 'user', content: french ? QUESTION_FR : QUESTION_EN }],
    reference: french ? 'Trente jours à compter de la réception.' : 'Thirty days from receipt.',
    domain,
    task,
    language: french ? 'fr' : 'en',
    difficulty: DIFFICULTIES[index % 3] ?? 'medium',
    checks: [],
    provenance: { kind: 'written', author: 'sample' },
    licence: 'Apache-2.0',
  };
}

const QUESTION_EN = `A customer writes: "I bought a lamp on 3 March, it arrived on 9 March, and I opened it. Until when can I
send it back, and who pays for the parcel?" Answer in at most three sentences.`;
const QUESTION_FR = `Un client écrit : « J'ai reçu ma commande le 9 mars et je l'ai ouverte. Jusqu'à quand puis-je la renvoyer, et
qui paie le retour ? » Répondez en trois phrases au plus.`;
const GOOD = `You can return the lamp until 8 April, thirty days after it arrived, even though it was opened.
Please keep the packaging. Return postage is yours to pay, unless the lamp is faulty.`;
const POOR =
  'You can return it until 2 April, thirty days after you bought it.\n\n- Postage is **free** for you.\n- Have a lovely day!';

const GOOD_FR = `Vous pouvez la renvoyer jusqu'au 8 avril, trente jours après réception, même ouverte. Les frais de retour
sont à votre charge, sauf si l'article est défectueux.`;
const POOR_FR =
  "Vous avez jusqu'au 2 avril, trente jours après l'achat.\n\n- Le retour est **gratuit**.\n- Belle journée à vous !";

function samplePair(
  subject: BenchmarkCase,
  shift: Partial<Record<Dimension, number>>,
  random: Random,
): { candidate: EvaluatedItem; baseline: EvaluatedItem } {
  const ease = { easy: 0.06, medium: 0, hard: -0.1 }[subject.difficulty];
  const weight = (subject.domain === 'legal' ? 2.6 : 1) * (subject.language === 'fr' ? 1.5 : 0.6);
  // What a case is like moves both replies: that is what makes pairs worth comparing.
  const own = new Map(DIMENSIONS.map((dimension) => [dimension, 0.84 + ease + 0.12 * normal(random)]));
  const score = (dimension: Dimension, added: number) => (own.get(dimension) ?? 0) + added + 0.09 * normal(random);
  const common = {
    caseId: subject.id,
    caseHash: hashOf(subject.id),
    domain: subject.domain,
    task: subject.task,
    language: subject.language,
  };
  const french = subject.language === 'fr';
  const item = (reply: EvaluatedItem['reply'], added: (dimension: Dimension) => number): EvaluatedItem => ({
    ...common,
    reply,
    verdicts: reply.status === 'missing' ? NO_REPLY : verdictsOf((name) => score(name, added(name)), random),
  });
  return {
    candidate: item(
      replyOf(french ? POOR_FR : POOR, { cost: 240_000, latencyMs: 700 }, random),
      (name) => weight * (shift[name] ?? 0),
    ),
    baseline: item(replyOf(french ? GOOD_FR : GOOD, { cost: 3_900_000, latencyMs: 1_500 }, random), () => 0),
  };
}

const NO_REPLY = Object.fromEntries(
  DIMENSIONS.map((name) => [name, { status: 'unscored', why: 'no-reply', detail: 'the call failed' }]),
) as Verdicts;

function replyOf(text: string, usual: { cost: number; latencyMs: number }, random: Random): EvaluatedItem['reply'] {
  if (random() < 0.006) return { status: 'missing', why: 'the provider answered 503 for ten minutes' };
  const size = Math.exp(0.35 * normal(random));
  return {
    status: 'answered',
    text,
    cost: { status: 'exact', nanoUsd: Math.round(usual.cost * size) },
    latencyMs: Math.round(usual.latencyMs * size * Math.exp(0.25 * normal(random))),
    outputTokens: Math.round(80 * size),
  };
}

function verdictsOf(score: (dimension: Dimension) => number, random: Random): Verdicts {
  const verdict = (dimension: Dimension): Verdict => {
    if (random() < 0.008) {
      return { status: 'unscored', why: 'invalid-verdict', detail: 'the judge answered prose three times' };
    }
    const samples = Array.from({ length: 5 }, () => quarters(score(dimension) + 0.08 * normal(random)));
    const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    return { status: 'scored', score: mean, samples, scorer: 'judge', explanation: EXPLANATION };
  };
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, verdict(dimension)])) as Verdicts;
}

const EXPLANATION = 'Counts thirty days from the purchase; the reference counts them from receipt.';

const quarters = (score: number): number => Math.min(1, Math.max(0, Math.round(4 * score) / 4));

/** Every seventh reply, rated on 1 to 5 near the judge's own score. */
function annotationsOf(items: readonly EvaluatedItem[]): Annotation[] {
  return items.flatMap((item, index): Annotation[] => {
    const verdict = item.verdicts.factual_accuracy;
    if (index % 7 !== 0 || verdict.status === 'unscored') return [];
    const rating = Math.min(5, Math.max(1, Math.round(1.4 + 3.3 * verdict.score + ((index % 3) - 1) * 0.3)));
    const ratings = ['ada', 'bea'].map((rater) => ({ rater, rating }));
    return [{ caseId: item.caseId, model: 'sample', dimension: 'factual_accuracy', ratings, scale: [1, 5] }];
  });
}

/** Standard normal (Box and Muller 1958). */
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
