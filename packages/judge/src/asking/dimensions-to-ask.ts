import { type BenchmarkCase, DIMENSIONS, type Dimension } from '@pointsman/contracts';

/** The dimensions worth paying a judge for: those that count in the case and that no check has scored. */
export function dimensionsToAsk(
  { weights }: Pick<BenchmarkCase, 'weights'>,
  scoredByChecks: readonly Dimension[] = [],
): Dimension[] {
  return DIMENSIONS.filter((dimension) => weights?.[dimension] !== 0 && !scoredByChecks.includes(dimension));
}
