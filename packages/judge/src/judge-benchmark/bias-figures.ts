import { mean, pearson, variance } from '@pointsman/statistics';
import { type ComparedReply, residual } from './compared-reply.ts';

/**
 * Correlation of the judge's score with a feature once people's rating is taken out of both: what the judge gives for
 * length that people do not. Of the replies that have the feature; undefined where one of the three does not vary.
 */
export function featureBias(replies: readonly ComparedReply[], feature: string): number | undefined {
  const known = withFeature(replies, feature);
  const [judged, human] = [known.map(({ reply }) => reply.judged), known.map(({ reply }) => reply.human)];
  const values = known.map(({ value }) => value);
  const [jf, jh, fh] = [pearson(judged, values), pearson(judged, human), pearson(values, human)];
  if (jf === undefined || jh === undefined || fh === undefined) return undefined;
  const scale = Math.sqrt((1 - jh ** 2) * (1 - fh ** 2));
  return scale === 0 ? undefined : (jf - jh * fh) / scale;
}

/** By how many points the judge's error grows with one standard deviation of a feature. */
export function featureSlope(replies: readonly ComparedReply[], feature: string): number | undefined {
  const known = withFeature(replies, feature);
  const values = known.map(({ value }) => value);
  const residuals = known.map(({ reply }) => residual(reply));
  const found = pearson(values, residuals);
  return found === undefined ? undefined : found * Math.sqrt(variance(residuals));
}

/** How much more the judge overrates its own family than others, in points. */
export function ownFamilyBias(replies: readonly ComparedReply[]): number | undefined {
  const own = replies.filter(({ isOwnFamily }) => isOwnFamily === true).map(residual);
  const others = replies.filter(({ isOwnFamily }) => isOwnFamily === false).map(residual);
  return own.length === 0 || others.length === 0 ? undefined : mean(own) - mean(others);
}

function withFeature(replies: readonly ComparedReply[], feature: string) {
  return replies.flatMap((reply) => {
    const value = reply.features?.[feature];
    return value === undefined ? [] : [{ reply, value }];
  });
}
