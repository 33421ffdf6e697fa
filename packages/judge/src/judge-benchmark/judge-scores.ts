/** One judge's scores of one reply on one dimension that people rated too. */
export type JudgeScores = {
  /** Model and prompt, as a reader will know it. */
  judge: string;
  dimension: string;
  /** What the reply answers. */
  group: string;
  system?: string | undefined;
  /** Raw, at least one. */
  samples: readonly number[];
  /** At least one. */
  ratings: readonly number[];
  /** Of all samples together; left out where not known. */
  costUsd?: number | undefined;
  latencyMs?: number | undefined;
  /** Lengths and the like, of which a judge's error should not depend. */
  features?: Readonly<Record<string, number>> | undefined;
  /** Whether judge and writer are models of one family. */
  isOwnFamily?: boolean | undefined;
};

export type PairSide = 'a' | 'b' | 'tie';

/** One judge's choice between two replies, asked in both orders. */
export type JudgePair = {
  judge: string;
  dimension: string;
  group: string;
  /** With `a` shown first, and with `b` shown first; both name the reply, not its place. */
  aFirst: PairSide;
  bFirst: PairSide;
  /** What people prefer. */
  human?: PairSide | undefined;
};
