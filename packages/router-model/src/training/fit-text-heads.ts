import { bootstrapInterval, seededRandom } from '@pointsman/statistics';
import { type Measured, measuredFrom } from '../evaluation/measured.ts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { at, type Matrix, rowOf, vectorTimes, zeros } from '../mathematics/matrix.ts';
import { logLoss } from '../mathematics/score-metrics.ts';
import { skillEffect } from '../model/estimate-models.ts';
import { lookUp, scoreTable, strengths } from '../model/kind-table.ts';
import type { ModelTable } from '../model/model-standing.ts';
import { blendText, classLogits, type EncodedRequest } from '../model/read-request.ts';
import type { ClassHead, RequestModel, TextHeads } from '../model/request-model.ts';
import { fitClassHead } from './fit-class-head.ts';
import type { Fitting, RouterFit } from './fit-request.ts';
import { fitSkillWeights } from './fit-skills.ts';

/** Vectors of a text encoder for every row of the training data, and the rows it never learned from. */
export type Embeddings = { encoder: string; width: number; vectors: readonly Float32Array[] };

/** What a text encoder changed on rows that neither it nor the heads had learned from. */
export type TextGain = {
  kindShare: number;
  skillShare: number;
  /** Log loss without it, and with it less without it. */
  without: number;
  difference: Measured;
  rows: number;
};

export type TextTrial = { text: TextHeads; gain: TextGain };

/** Shares of the embedding's opinion that are tried. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/**
 * Fits what an embedding says of kinds and skills on a part's rows, and finds on the rows the part leaves out how much
 * of it to mix in. The caller drops the encoder when the gain does not repay its time.
 */
export function tryTextHeads(
  fitting: Fitting,
  embeddings: Embeddings,
  part: { router: RouterFit; held: Int32Array; others: Int32Array; probabilities: Matrix },
): TextTrial {
  const text = fitText(fitting, embeddings, { ...part, rows: part.others });
  const measure = measurer(fitting, embeddings, { ...part, text });
  const without = measure(0, 0);
  const options = SHARES.flatMap((kindShare) => SHARES.map((skillShare) => ({ kindShare, skillShare })));
  const tried = options.map((shares) => ({ ...shares, losses: measure(shares.kindShare, shares.skillShare) }));
  const best = tried.reduce((a, b) => (mean(b.losses) < mean(a.losses) ? b : a));
  const differences = best.losses.map((loss, n) => loss - at(without, n));
  const interval = bootstrapInterval(differences, mean, { resamples: 1_000, seed: fitting.seed });
  return {
    text: { ...text, kindShare: best.kindShare, skillShare: best.skillShare },
    gain: {
      kindShare: best.kindShare,
      skillShare: best.skillShare,
      without: mean(without),
      difference: measuredFrom(interval),
      rows: part.held.length,
    },
  };
}

/** Fits the heads on given rows; the shares are left at zero. */
export function fitText(
  fitting: Fitting,
  embeddings: Embeddings,
  { router, rows, probabilities }: { router: RouterFit; rows: Int32Array; probabilities: Matrix },
): TextHeads {
  return {
    encoder: embeddings.encoder,
    kinds: fitTextKinds(fitting, embeddings, rows).dense,
    kindShare: 0,
    skills: fitTextSkills(fitting, embeddings, { models: router.models, rows, probabilities }),
    skillShare: 0,
  };
}

const NOTHING = { indices: new Int32Array(0), values: new Float32Array(0) };

function fitTextKinds({ data, seed }: Fitting, { vectors, width }: Embeddings, rows: Int32Array): ClassHead {
  const requests = vectors.map((vector): EncodedRequest => ({ ngrams: NOTHING, phi: Float64Array.of(1, ...vector) }));
  const random = seededRandom(seed);
  return fitClassHead(
    { requests, labels: data.kindOf, classes: data.kinds.length, buckets: 0, rows, random },
    // Every entry of an embedding is of the latent kind: there are no side features behind it.
    width,
  );
}

function fitTextSkills(
  { data }: Fitting,
  { vectors, width }: Embeddings,
  { models, rows, probabilities }: { models: ModelTable; rows: Int32Array; probabilities: Matrix },
): Matrix {
  const phi = zeros(vectors.length, width + 1);
  vectors.forEach((vector, row) => {
    rowOf(phi, row).set([1, ...vector]);
  });
  const listed = new Set(rows);
  const columns = models.heads.flatMap((head) =>
    (data.scores.get(head.dimension)?.byModel ?? []).map((column) => {
      const kept = Array.from(column.rows.keys()).filter((n) => listed.has(at(column.rows, n)));
      return {
        rows: Int32Array.from(kept, (n) => at(column.rows, n)),
        values: Float64Array.from(kept, (n) => at(column.values, n)),
      };
    }),
  );
  const logits = expectedLogits(models, probabilities);
  return fitSkillWeights({
    phi,
    columns,
    strengths: stackedStrengths(models),
    expectedLogit: (row, column) =>
      at(logits(row)[Math.floor(column / models.models.length)] ?? [], column % models.models.length),
  });
}

function stackedStrengths(models: ModelTable): Matrix {
  const skills = models.heads[0]?.typicalSkills.length ?? 0;
  const stacked = zeros(models.heads.length * models.models.length, skills);
  models.heads.forEach((head, h) => {
    stacked.data.set(strengths(models.models, head).data, h * models.models.length * skills);
  });
  return stacked;
}

/** Per head, log odds of every model by the kinds alone; remembered by row. */
function expectedLogits(models: ModelTable, probabilities: Matrix): (row: number) => Float64Array[] {
  const tables = models.heads.map((head) => scoreTable(models.models, head));
  const known = new Map<number, Float64Array[]>();
  return (row) => {
    const logits =
      known.get(row) ?? tables.map((table) => lookUp(table, rowOf(probabilities, row)).mean.map(clippedLogit));
    known.set(row, logits);
    return logits;
  };
}

/** Mean log loss of each held-out row's replies in the first dimension under some shares. */
function measurer(
  fitting: Fitting,
  { vectors }: Embeddings,
  { router, held, text }: { router: RouterFit; held: Int32Array; text: TextHeads },
) {
  const { request, models } = router;
  const [head] = models.heads;
  if (head === undefined) throw new Error('a router without a learned dimension cannot be measured');
  const table = scoreTable(models.models, head);
  const abilities = strengths(models.models, head);
  const replies = repliesByRow(fitting, head.dimension, held);
  return (kindShare: number, skillShare: number): number[] =>
    [...replies].map(([row, observed]) => {
      const { kinds, skills } = readWithText(fitting, request, { ...text, kindShare, skillShare }, { row, vectors });
      const base = lookUp(table, kinds).mean;
      return mean(
        observed.map(({ model, score }) =>
          logLoss(score, sigmoid(clippedLogit(at(base, model)) + skillEffect(skills, rowOf(abilities, model)))),
        ),
      );
    });
}

function readWithText(
  { requests }: Fitting,
  request: RequestModel,
  text: TextHeads,
  { row, vectors }: { row: number; vectors: readonly Float32Array[] },
): { kinds: Float64Array; skills: Float64Array } {
  const [encoded, vector] = [requests[row], vectors[row]];
  if (encoded === undefined || vector === undefined) throw new RangeError(`no row ${row}`);
  return blendText(text, vector, {
    kindLogits: classLogits(encoded, request.kindHead),
    skills: vectorTimes(encoded.phi, request.skills),
  });
}

function repliesByRow({ data }: Fitting, dimension: ModelTable['heads'][number]['dimension'], held: Int32Array) {
  const isHeld = new Set(held);
  const replies = new Map<number, { model: number; score: number }[]>();
  data.scores.get(dimension)?.byModel.forEach(({ rows, values }, model) => {
    rows.forEach((row, n) => {
      if (!isHeld.has(row)) return;
      const own = replies.get(row) ?? [];
      own.push({ model, score: at(values, n) });
      replies.set(row, own);
    });
  });
  return replies;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);
