import type { EncoderTargets } from '../encoder/text-encoder.ts';
import { clippedLogit } from '../mathematics/logistic.ts';
import { at, rowOf } from '../mathematics/matrix.ts';
import { lookUp, scoreTable, strengths } from '../model/kind-table.ts';
import type { ModelTable } from '../model/model-standing.ts';
import type { HeldOutParts } from './held-out-fits.ts';
import type { TrainingData } from './prepare-data.ts';

/**
 * What a text encoder is to learn from the training data: each row's kind, and how its replies scored against what its
 * kind (as told by a head that had not seen the row) let expect of the models in the table.
 */
export function encoderTargets(
  data: TrainingData,
  models: ModelTable,
  { probabilities }: Pick<HeldOutParts, 'probabilities'>,
): EncoderTargets {
  const kinds = new Float32Array(data.rows.length * data.kinds.length);
  data.kindOf.forEach((kind, row) => {
    kinds[row * data.kinds.length + kind] = 1;
  });
  const skills = models.heads[0]?.typicalSkills.length ?? 0;
  const abilities = new Float32Array(models.heads.length * models.models.length * skills);
  const replies: { row: number; column: number; score: number; offset: number }[] = [];
  models.heads.forEach((head, h) => {
    const table = scoreTable(models.models, head);
    abilities.set(strengths(models.models, head).data, h * models.models.length * skills);
    const expected = new Map<number, Float64Array>();
    data.scores.get(head.dimension)?.byModel.forEach(({ rows, values }, m) => {
      rows.forEach((row, n) => {
        const logits = expected.get(row) ?? lookUp(table, rowOf(probabilities, row)).mean.map(clippedLogit);
        expected.set(row, logits);
        replies.push({ row, column: h * models.models.length + m, score: at(values, n), offset: at(logits, m) });
      });
    });
  });
  return {
    kinds: { columns: data.kinds.length, data: kinds },
    replies: {
      row: Int32Array.from(replies, ({ row }) => row),
      column: Int32Array.from(replies, ({ column }) => column),
      score: Float32Array.from(replies, ({ score }) => score),
      offset: Float32Array.from(replies, ({ offset }) => offset),
    },
    abilities: { columns: models.heads.length * models.models.length, skills, data: abilities },
  };
}
