import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import type { AnnotatedReply, Repositories } from '@pointsman/db';
import { quantile } from '@pointsman/statistics';
import type { Collected } from './collected-items.ts';
import { caseFrom, contentOf } from './queue-content.ts';

/** So many raters must have agreed where nobody adjudicated. */
const FEWEST_RATERS = 3;
const SCALE = [1, 5] as const;

/**
 * Replies whose ratings are known: decided by a third person, or by three raters at most a step apart, on every one of
 * these dimensions. `leaveOut` holds the texts that the batch asks about.
 */
export async function goldItems(
  { annotations, benchmarks }: Pick<Repositories, 'annotations' | 'benchmarks'>,
  { dimensions, leaveOut, most }: { dimensions: readonly Dimension[]; leaveOut: ReadonlySet<string>; most: number },
): Promise<Collected['gold']> {
  if (most === 0) return [];
  const known = (await annotations.all()).flatMap((reply) => {
    const gold = knownRatings(reply, dimensions);
    return gold === undefined || leaveOut.has(`${reply.caseHash} ${reply.replyHash}`) ? [] : [{ reply, gold }];
  });
  // Hashes are as good as a draw, and the same each time.
  const drawn = known.toSorted((a, b) => (a.reply.replyHash < b.reply.replyHash ? -1 : 1)).slice(0, most);
  const bodies = await benchmarks.cases([...new Set(drawn.map(({ reply }) => reply.caseHash))]);
  return drawn.flatMap(({ reply, gold }) => {
    const subject = caseFrom(bodies.get(reply.caseHash))?.body;
    // What came from production is erased with its sample: nothing else may keep its text.
    if (subject === undefined || subject.provenance.kind === 'production') return [];
    const { caseId, caseHash, replyHash, model } = reply;
    const content = contentOf(subject, reply.reply);
    return [{ caseId, caseHash, replyHash, model, gold, content, sampleId: undefined, predicted: {} }];
  });
}

/** By dimension, rounded to a step; undefined where one of them is not known. */
export function knownRatings(
  { ratings, adjudications }: Pick<AnnotatedReply, 'ratings' | 'adjudications'>,
  dimensions: readonly Dimension[],
): Partial<Record<Dimension, number>> | undefined {
  const isOurScale = ({ scale }: { scale: readonly number[] }) => scale[0] === SCALE[0] && scale[1] === SCALE[1];
  const known = DIMENSIONS.filter((dimension) => dimensions.includes(dimension)).map((dimension) => {
    const decided = adjudications.find((one) => one.dimension === dimension && isOurScale(one));
    const said = ratings.filter((one) => one.dimension === dimension && isOurScale(one)).map(({ rating }) => rating);
    const agree = said.length >= FEWEST_RATERS && Math.max(...said) - Math.min(...said) <= 1;
    const rating = decided?.rating ?? (agree ? quantile(said, 0.5) : undefined);
    return [dimension, rating === undefined ? undefined : Math.round(rating)] as const;
  });
  if (known.some(([, rating]) => rating === undefined)) return undefined;
  return Object.fromEntries(known);
}
