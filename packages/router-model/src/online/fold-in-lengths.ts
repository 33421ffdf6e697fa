import { at, dot } from '../mathematics/matrix.ts';
import { UNKNOWN_LENGTH } from '../model/estimate-models.ts';
import { lengthTable, lookUpMean } from '../model/kind-table.ts';
import type { LengthStanding, ModelStanding, ModelTable } from '../model/model-standing.ts';
import { addToKinds, countOf } from './add-to-kinds.ts';
import type { ScoredAnswer } from './fold-in.ts';

/** As many replies as an average model's length, and a typical smearing, are worth; training draws levels alike. */
const PRIOR_WORTH = 5;
/** Runaway replies (a model looping to its limit) must not stretch everyone's expectation. */
const LARGEST_SMEARING = 4;

/** What is known of a model's reply lengths once its answers are learned; `undefined` while nobody counted a reply. */
export function foldInLengths(
  table: ModelTable,
  model: ModelStanding,
  answers: readonly ScoredAnswer[],
  weights: readonly Float64Array[],
): LengthStanding | undefined {
  const counted = answers.flatMap(({ reading, outputTokens, weight = 1 }, n) => {
    const own = weights[n];
    if (outputTokens === undefined || own === undefined) return [];
    return { reading, weights: own, value: Math.log1p(outputTokens), weight };
  });
  if (counted.length === 0) return model.length;
  const before = model.length ?? typicalLength(table);
  const kinds = addToKinds(before.kinds, counted);
  const excess = kinds.reduce((sum, [kind, count, total]) => sum + total - count * expectedOn(table, kind), 0);
  const after = { ...before, kinds, level: excess / (countOf(kinds) + PRIOR_WORTH) };
  const expected = lengthTable([{ ...model, length: after }], table.length);
  // Duan's smearing is a mean over replies, so it can be carried on without the replies it was taken over.
  let replies = countOf(before.kinds) + PRIOR_WORTH;
  let smearing = replies * before.smearing;
  for (const { reading, weights: own, value, weight } of counted) {
    const error = value - at(lookUpMean(expected, own), 0) - reading.familiarity * dot(reading.lengths, after.lengths);
    smearing += weight * Math.exp(error);
    replies += weight;
  }
  return { ...after, smearing: Math.min(smearing / replies, LARGEST_SMEARING) };
}

const expectedOn = ({ length }: ModelTable, kind: number): number => length.overall + at(length.byKind, kind);

/** Bounds that held for every known model: a few replies do not tell a model's own. */
function typicalLength({ models, length }: ModelTable): LengthStanding {
  const known = models.flatMap((model) => model.length ?? []);
  const smearing = known.reduce((sum, model) => sum + model.smearing, 0) / known.length;
  return {
    ...UNKNOWN_LENGTH,
    ...(known.length > 0 && { smearing, highest: Math.max(...known.map(({ highest }) => highest)) }),
    level: 0,
    kinds: [],
    lengths: [...length.typicalLengths],
  };
}
