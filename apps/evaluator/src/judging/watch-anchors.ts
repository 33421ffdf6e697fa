import { DIMENSIONS, type Dimension, dimensionSchema, GatewayError } from '@pointsman/contracts';
import type { AnchorScoring, AnchorSet, ReplyKey, Repositories } from '@pointsman/db';
import type { RubricSet } from '@pointsman/judge';
import {
  type AnchorScores,
  type DriftVerdict,
  type DriftWatch,
  driftVerdict,
  FIRST_NIGHT,
  watchDrift,
} from '@pointsman/judge/calibration';
import { mean } from '@pointsman/statistics';
import { z } from 'zod';
import { type RatedReply, ratedReplies } from './annotated-replies.ts';

/** What is kept of an anchor's scoring. */
const anchorScoreSchema = z.object({
  caseHash: z.string(),
  replyHash: z.string(),
  samples: z.partialRecord(dimensionSchema, z.array(z.number())),
});
export type AnchorScore = z.infer<typeof anchorScoreSchema>;

const watchSchema = z.object({ nights: z.int(), logEvidence: z.number(), alarm: z.boolean() });
const keptVerdictSchema = z.object({ verdict: z.enum(['steady', 'drift', 'too-few-anchors']), watch: watchSchema });

/** A night's finding over all dimensions. */
export type NightVerdict = {
  verdict: 'steady' | 'drift' | 'too-few-anchors';
  dimensions: { dimension: Dimension; found: DriftVerdict }[];
  /** Evidence added up over the nights since the set was pinned. */
  watch: DriftWatch;
};

/** Earlier scorings by the same judge, as they are compared with. */
export type EarlierScorings = { scores: AnchorScore[]; watch: DriftWatch };

/** Dealings to compare with: enough for a p-value that is still small after correcting for tests and dimensions. */
const DEALS = 4_999;

/**
 * The anchors of a set with what people say of them.
 * @throws {GatewayError} `not_found` when there is no such set.
 */
export async function anchorReplies(
  repositories: Pick<Repositories, 'anchors' | 'annotations' | 'benchmarks'>,
  name: string,
  rubrics: RubricSet,
): Promise<{ set: AnchorSet; replies: RatedReply[] }> {
  const set = await repositories.anchors.get(name);
  if (set === undefined) {
    const names = (await repositories.anchors.list()).map((one) => one.name).join(', ');
    const known = names === '' ? "'judge anchors pin' makes one" : `there are ${names}`;
    throw new GatewayError('not_found', `there is no anchor set '${name}': ${known}`);
  }
  return { set, replies: await ratedReplies(repositories, rubrics, set.items) };
}

/** What a night is compared with: the first scoring, and later ones in which nothing had changed. */
export function earlierScorings(scorings: readonly AnchorScoring[]): EarlierScorings {
  const nights = scorings.map(({ scores, verdict }) => ({
    scores: z.array(anchorScoreSchema).parse(scores),
    kept: verdict === null ? undefined : keptVerdictSchema.parse(verdict),
  }));
  return {
    scores: nights.filter(({ kept }) => kept?.verdict !== 'drift').flatMap(({ scores }) => scores),
    watch: nights.findLast(({ kept }) => kept !== undefined)?.kept?.watch ?? FIRST_NIGHT,
  };
}

/**
 * Whether the judge still scores the anchors as it did. Dimensions are tested apart, for those of one reply come from one
 * answer of the judge and move together; `alpha` holds for all of them (Bonferroni).
 */
export function nightVerdict(
  replies: readonly RatedReply[],
  earlier: EarlierScorings,
  tonight: readonly AnchorScore[],
  { alpha, seed }: { alpha: number; seed: string },
): NightVerdict {
  const before = Map.groupBy(earlier.scores, keyOf);
  const now = Map.groupBy(tonight, keyOf);
  const rated = DIMENSIONS.filter((dimension) => replies.some(({ ratings }) => ratings.has(dimension)));
  const dimensions = rated.map((dimension) => ({
    dimension,
    found: driftVerdict(
      replies.map((reply): AnchorScores => {
        const samplesIn = (scores: AnchorScore[] = []) => scores.flatMap(({ samples }) => samples[dimension] ?? []);
        const human = reply.ratings.get(dimension);
        return {
          group: reply.caseHash,
          pinned: samplesIn(before.get(keyOf(reply))),
          tonight: samplesIn(now.get(keyOf(reply))),
          human: human && mean(human),
        };
      }),
      { alpha: alpha / rated.length, seed: `${seed} ${dimension}`, deals: DEALS },
    ),
  }));
  const ps = dimensions.flatMap(({ found }) => (found.verdict === 'too-few-anchors' ? [] : [found.overallP]));
  if (ps.length === 0) return { verdict: 'too-few-anchors', dimensions, watch: earlier.watch };
  const watch = watchDrift(earlier.watch, Math.min(1, ps.length * Math.min(...ps)));
  const drifted = watch.alarm || dimensions.some(({ found }) => found.verdict === 'drift');
  return { verdict: drifted ? 'drift' : 'steady', dimensions, watch };
}

const keyOf = ({ caseHash, replyHash }: ReplyKey): string => `${caseHash} ${replyHash}`;
