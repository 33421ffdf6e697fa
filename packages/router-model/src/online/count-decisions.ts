import type { Dimension } from '@pointsman/contracts';
import type { Normal } from '../model/normal.ts';
import type { ScoredDecision } from './scored-decision.ts';

/** What scored decisions can tell about. */
export type Unknown =
  | { of: 'intercept' | 'slope'; dimension: Dimension }
  | { of: 'model'; model: string }
  | { of: 'kind'; model: string; kind: string }
  | { of: 'client'; model: string; clientId: string };

/** What was believed of the unknowns before. */
export type Believe = (unknown: Unknown) => Normal;

/** A dimension with fewer decisions keeps its calibration. */
const LEAST_FOR_CALIBRATION = 100;
/** A client with fewer decisions by a model goes by what is known of the model. */
const LEAST_FOR_CLIENT = 50;
/** A kind of request with fewer decisions by a model does likewise. */
const LEAST_FOR_KIND = 20;

/** How much decisions count, and which unknowns there are enough of them for. */
export type DecisionCounts = {
  /** Of one score: a reply's scores share its luck and count as one together. */
  weightOf(decision: ScoredDecision): number;
  isCalibrated(dimension: Dimension): boolean;
  /** The model's, and its kind's and client's where there are enough decisions for those. */
  shiftsOf(decision: ScoredDecision): Unknown[];
  /** Replies that tell about an unknown. */
  repliesOf(unknown: Unknown): number;
};

export function countDecisions(decisions: readonly ScoredDecision[]): DecisionCounts {
  const scoresOfReply = new Map<string, number>();
  for (const { id } of decisions) scoresOfReply.set(id, (scoresOfReply.get(id) ?? 0) + 1);
  const weightOf = ({ id }: ScoredDecision): number => 1 / (scoresOfReply.get(id) ?? 1);
  const replies = new Map<string, number>();
  const scores = new Map<Dimension, number>();
  for (const decision of decisions) {
    scores.set(decision.dimension, (scores.get(decision.dimension) ?? 0) + 1);
    for (const unknown of everyShiftOf(decision))
      replies.set(keyOf(unknown), (replies.get(keyOf(unknown)) ?? 0) + weightOf(decision));
  }
  // Thirds and sixths of a reply add up to one but for rounding.
  const repliesOf = (unknown: Unknown): number => Math.round(replies.get(keyOf(unknown)) ?? 0);
  const isEnough = (unknown: Unknown): boolean => repliesOf(unknown) >= LEAST_REPLIES[unknown.of];
  return {
    weightOf,
    isCalibrated: (dimension) => (scores.get(dimension) ?? 0) >= LEAST_FOR_CALIBRATION,
    shiftsOf: (decision) => everyShiftOf(decision).filter(isEnough),
    repliesOf,
  };
}

const LEAST_REPLIES: Record<Unknown['of'], number> = {
  intercept: 0,
  slope: 0,
  model: 0,
  kind: LEAST_FOR_KIND,
  client: LEAST_FOR_CLIENT,
};

function everyShiftOf({ model, kind, clientId }: ScoredDecision): Unknown[] {
  const ofModel: Unknown[] = [
    { of: 'model', model },
    { of: 'client', model, clientId },
  ];
  return kind === undefined ? ofModel : [...ofModel, { of: 'kind', model, kind }];
}

/** Equal for equal unknowns; whoever makes one lists its fields in the same order. */
export const keyOf = (unknown: Unknown): string => JSON.stringify(Object.values(unknown));
