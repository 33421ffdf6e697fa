/** What the router predicted of one candidate for a request, and how its reply really turned out. */
export type ReplayCandidate = {
  model: string;
  /** Predicted overall score, in [0, 1], and the standard deviation of what is not known of it. */
  mean: number;
  spread: number;
  /** What its reply was expected to cost, as candidates are ranked when served. */
  costNanoUsd: number;
  /** What its reply really cost; by default what was expected. */
  paidNanoUsd?: number | undefined;
  /** The score its reply really got, in [0, 1]. */
  score: number;
};

/** One request that every candidate answered and the router did not learn from. */
export type ReplayRequest = {
  /** Requests of one group are near-duplicates: together they are one piece of evidence. */
  group: string;
  /** As the router recognised it, the one thing known when serving; `unknown` when it did not. */
  domain: string;
  /** 1: like the training data, 0: like nothing seen. */
  familiarity: number;
  /** The same models in the same order in every request of a replay. */
  candidates: readonly ReplayCandidate[];
};
