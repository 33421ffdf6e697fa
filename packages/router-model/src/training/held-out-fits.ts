import { forward, leverageOf } from '../forward.ts';
import { type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { classProbabilities } from '../mathematics/softmax.ts';
import type { RouterParameters } from '../parameters.ts';
import type { HeldOutPrediction } from './calibrate.ts';
import { fitFamiliarity, fitLeverage } from './fit-familiarity.ts';
import { type Fitting, fitClassifier, fitParameters } from './fit-parameters.ts';

/** A part of the rows that is predicted by a model fitted on the others. */
type Part = { held: Int32Array; others: Int32Array; classifier: Matrix };

/** Parts by fold (near-duplicates together) and by source (everything of it unseen). */
export type HeldOutParts = {
  folds: Part[];
  sources: Part[];
  /** Domain probabilities of each row, from the fold in which it was held out. */
  probabilities: Matrix;
  familiarity: RouterParameters['familiarity'];
};

/** Fits the classifiers of all parts and, from the leverages of what the folds left out, what familiar means. */
export function fitHeldOutParts(fitting: Fitting, folds: number, onProgress: (message: string) => void): HeldOutParts {
  const { data, phi } = fitting;
  const partOf = (label: ArrayLike<number>, value: number, name: string): Part => {
    onProgress(`learning without ${name}`);
    const all = Int32Array.from(data.rows.keys());
    const held = all.filter((row) => label[row] === value);
    const others = all.filter((row) => label[row] !== value);
    return { held, others, classifier: fitClassifier(fitting, others) };
  };
  const byFold = Array.from({ length: folds }, (_, fold) => partOf(data.foldOf, fold, `fold ${fold + 1} of ${folds}`));
  const bySource =
    data.sources.length < 2 ? [] : data.sources.map((name, source) => partOf(data.sourceOf, source, `source ${name}`));
  const probabilities = zeros(data.rows.length, data.domains.length);
  for (const { held, classifier } of byFold)
    for (const row of held) rowOf(probabilities, row).set(classProbabilities(rowOf(phi, row), classifier));
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
  const { data, phi } = fitting;
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
  for (const { held, others, classifier } of parts) {
    const parameters = fitParameters(fitting, {
      classifier,
      rows: others,
      probabilities,
      familiarity,
      withTokens: false,
    });
    for (const row of held) {
      const result = forward(parameters, rowOf(phi, row));
      observed.forEach((byRow, head) => {
        const entry = byRow.get(row);
        if (entry === undefined) return;
        const pick = (values: Float64Array | undefined) => entry.models.map((model) => values?.[model] ?? 0);
        perHead[head]?.push({
          row,
          models: entry.models,
          domain: data.domainOf[row] ?? 0,
          familiarity: result.familiarity,
          outcomes: entry.outcomes,
          means: pick(result.means[head]),
          spreads: pick(result.spreads[head]),
        });
      });
    }
  }
  return perHead;
}
