/** What a judge said of one reply: its score and whatever else may help to foresee people's rating. */
export type ScoredReply = {
  /** The judge's raw score, mean over its samples, on the raw scale. */
  score: number;
  /** Other judges, other prompts, other dimensions, lengths: by name. One that is missing is left out, never 0. */
  inputs?: Readonly<Record<string, number | undefined>> | undefined;
};

/** A judged reply that people rated too: one label. */
export type CalibrationRow = ScoredReply & {
  /** What the reply answers: a case, a document, a prompt. Replies of one group are never on both sides of a split. */
  group: string;
  /** Who wrote the reply, where that is known: ratings that tell only writers apart are warned of. */
  system?: string | undefined;
  /** One rating for each person, at least one, on people's scale. */
  ratings: readonly number[];
};
