import { type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { softmax } from '../mathematics/softmax.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import { classLogits, type EncodedRequest, leverageOf, readRequest } from '../model/read-request.ts';
import type { ClassHead, RequestModel } from '../model/request-model.ts';
import type { HeldOutPrediction } from './calibrate.ts';
import { fitFamiliarity, fitLeverage } from './fit-familiarity.ts';
import { type Fitting, fitKindHead, fitRouter } from './fit-request.ts';
import type { Settings } from './training-settings.ts';

/** A part of the rows that is predicted by a model fitted on the others. */
type Part = { held: Int32Array; others: Int32Array; kindHead: ClassHead };

/** Parts by fold (near-duplicates together) and by source (everything of it unseen). */
export type HeldOutParts = {
  folds: Part[];
  sources: Part[];
  /** Kind probabilities of each row, from the fold in which it was held out. */
  probabilities: Matrix;
  familiarity: RequestModel['familiarity'];
};

/** Fits the classifiers of all parts and, from the leverages of what the folds left out, what familiar means. */
export function fitHeldOutParts(
  fitting: Fitting,
  { folds, holdOutSources, onProgress }: Pick<Settings, 'folds' | 'holdOutSources' | 'onProgress'>,
): HeldOutParts {
  const { data, phi } = fitting;
  const partOf = (label: ArrayLike<number>, value: number, name: string): Part => {
    onProgress(`learning without ${name}`);
    const all = Int32Array.from(data.rows.keys());
    const held = all.filter((row) => label[row] === value);
    const others = all.filter((row) => label[row] !== value);
    return { held, others, kindHead: fitKindHead(fitting, others) };
  };
  const byFold = Array.from({ length: folds }, (_, fold) => partOf(data.foldOf, fold, `fold ${fold + 1} of ${folds}`));
  const bySource =
    data.sources.length < 2 || !holdOutSources
      ? []
      : data.sources.map((name, source) => partOf(data.sourceOf, source, `source ${name}`));
  const probabilities = zeros(data.rows.length, data.kinds.length);
  for (const { held, kindHead } of byFold)
    for (const row of held) rowOf(probabilities, row).set(softmax(classLogits(requestOf(fitting, row), kindHead)));
  const familiarity = fitFamiliarity(logLeverages(phi, byFold));
  return { folds: byFold, sources: bySource, probabilities, familiarity };
}

function logLeverages(phi: Matrix, parts: readonly Part[]): number[] {
  return parts.flatMap(({ held, others }) => {
    const factor = fitLeverage(phi, others);
    return Array.from(held, (row) => Math.log(leverageOf(rowOf(phi, row), factor)));
  });
}

/** A held-out prediction with the row and the models it is about. */
export type RowPrediction = HeldOutPrediction & { row: number; models: number[] };

/** Per head: predictions of all held-out rows of the parts. */
export function predictHeldOut(
  fitting: Fitting,
  { probabilities, familiarity }: HeldOutParts,
  parts: readonly Part[],
): RowPrediction[][] {
  const { data } = fitting;
  const perHead: RowPrediction[][] = [...data.scores].map(() => []);
  const observed = [...data.scores.values()].map((cells) => {
    const byRow = new Map<number, { models: number[]; outcomes: number[] }>();
    cells.byModel.forEach(({ rows, values }, model) => {
      rows.forEach((row, n) => {
        const entry = byRow.get(row) ?? { models: [], outcomes: [] };
        entry.models.push(model);
        entry.outcomes.push(values[n] ?? 0);
        byRow.set(row, entry);
      });
    });
    return byRow;
  });
  for (const { held, others, kindHead } of parts) {
    const { request, models } = fitRouter(fitting, { kindHead, rows: others, probabilities, familiarity });
    const prepared = prepareModels(models);
    for (const row of held) {
      const reading = readRequest(request, requestOf(fitting, row));
      const result = estimateModels(prepared, reading);
      observed.forEach((byRow, head) => {
        const entry = byRow.get(row);
        if (entry === undefined) return;
        const pick = (values: Float64Array | undefined) => entry.models.map((model) => values?.[model] ?? 0);
        perHead[head]?.push({
          row,
          models: entry.models,
          kind: data.kindOf[row] ?? 0,
          familiarity: reading.familiarity,
          outcomes: entry.outcomes,
          means: pick(result.means[head]),
          spreads: pick(result.spreads[head]),
        });
      });
    }
  }
  return perHead;
}

function requestOf({ requests }: Fitting, row: number): EncodedRequest {
  const request = requests[row];
  if (request === undefined) throw new RangeError(`no row ${row}`);
  return request;
}
