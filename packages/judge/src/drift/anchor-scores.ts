/** One reply of the pinned anchor set on one dimension, scored again. */
export type AnchorScores = {
  /** What the reply answers: anchors of one group count as one unit in intervals. */
  group: string;
  /** The judge's samples up to now: from when it was pinned, and of later nights in which nothing changed. */
  pinned: readonly number[];
  /** The judge's samples now. */
  tonight: readonly number[];
  /** People's mean rating of the reply; without it agreement is not tested for this anchor. */
  human?: number | undefined;
};
