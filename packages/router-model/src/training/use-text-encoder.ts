import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import { readRequest } from '../model/read-request.ts';
import type { Prompt } from '../prompt.ts';
import type { TrainingRow } from '../rows.ts';
import { fitLogistic } from './calibrate.ts';
import { type Fitting, fitKindHead, fitRouter, type RouterFit } from './fit-request.ts';
import { type Embeddings, fitText, type TextGain, tryTextHeads } from './fit-text-heads.ts';
import type { HeldOutParts } from './held-out-fits.ts';
import { groupHash } from './prepare-data.ts';

/** A text encoder to try, and whether it earns its time. */
export type TextEncoderOption = { version: string; width: number; embed(prompt: Prompt): Promise<Float32Array> };

/** One in so many near-duplicate groups is kept from encoders, so that something is left to judge them on. */
const GROUPS_PER_HELD_OUT = 8;

/** Whether a row is never shown to a text encoder in training. */
export const isHeldFromEncoders = (row: TrainingRow): boolean => groupHash(row) % GROUPS_PER_HELD_OUT === 0;

/**
 * Tries a text encoder on the rows kept from it and, when its gain there is beyond doubt, gives the router its heads,
 * fitted on everything. Returns the gain and, when it was taken in, the embeddings by row.
 */
export async function useTextEncoder(
  fitting: Fitting,
  encoder: TextEncoderOption,
  { router, parts }: { router: RouterFit; parts: HeldOutParts },
): Promise<{ gain: TextGain; embeddings?: Embeddings }> {
  const embeddings = await embedAll(fitting, encoder);
  const everything = Int32Array.from(fitting.data.rows.keys());
  const isHeld = fitting.data.rows.map(isHeldFromEncoders);
  const held = everything.filter((row) => isHeld[row] === true);
  const others = everything.filter((row) => isHeld[row] === false);
  const { probabilities, familiarity } = parts;
  const partial = fitRouter(fitting, {
    kindHead: fitKindHead(fitting, others),
    rows: others,
    probabilities,
    familiarity,
  });
  const { text, gain } = tryTextHeads(fitting, embeddings, { router: partial, held, others, probabilities });
  if (!isBetter(gain)) return { gain };
  partial.request.text = text;
  recalibrate(fitting, embeddings, { partial, router, held });
  const { kindShare, skillShare } = text;
  router.request.text = {
    ...fitText(fitting, embeddings, { router, rows: everything, probabilities }),
    kindShare,
    skillShare,
  };
  return { gain, embeddings };
}

const isBetter = ({ difference }: TextGain): boolean => 'high' in difference && difference.high < 0;

async function embedAll({ data }: Fitting, { version, width, embed }: TextEncoderOption): Promise<Embeddings> {
  const vectors: Float32Array[] = [];
  for (const { prompt } of data.rows) vectors.push(await embed(prompt));
  return { encoder: version, width, vectors };
}

/** Fits slope and intercept anew to predictions with the embedding, on rows that neither encoder nor heads have seen. */
function recalibrate(
  { data, requests }: Fitting,
  { vectors }: Embeddings,
  { partial, router, held }: { partial: RouterFit; router: RouterFit; held: Int32Array },
): void {
  const prepared = prepareModels(partial.models);
  const estimates = new Map(
    Array.from(held, (row) => {
      const [request, vector] = [requests[row], vectors[row]];
      if (request === undefined || vector === undefined) throw new RangeError(`no row ${row}`);
      return [row, estimateModels(prepared, readRequest(partial.request, request, vector)).means] as const;
    }),
  );
  router.models.heads.forEach((head, h) => {
    const means: number[] = [];
    const outcomes: number[] = [];
    data.scores.get(head.dimension)?.byModel.forEach(({ rows, values }, m) => {
      rows.forEach((row, n) => {
        const mean = estimates.get(row)?.[h]?.[m];
        if (mean === undefined) return;
        means.push(mean);
        outcomes.push(values[n] ?? 0);
      });
    });
    const { slope, intercept } = fitLogistic([{ means, outcomes }]);
    head.calibration = { ...head.calibration, slope, intercept };
  });
}
