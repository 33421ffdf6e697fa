/** A mean from people's labels and a judge's predictions, or the statement that there are too few labels. */
export type PpiEstimate =
  | {
      estimate: number;
      low: number;
      high: number;
      confidence: number;
      /** Independent labelled units: groups, or rows without one. The standard error has n - 1 degrees of freedom. */
      n: number;
      /** How far predictions are trusted: 0 not at all, the mean of labels; 1 fully. */
      lambda: number;
      standardError: number;
      /** Rows with a prediction only. */
      unlabelledN: number;
    }
  | { tooFew: true; n: number };

export type PpiOptions = {
  /** `tuned` (the default) to the least standard error, or fixed in [0, 1]. */
  lambda?: 'tuned' | number | undefined;
  /**
   * `leave-one-out` (the default): the jackknife over labelled units, lambda tuned anew without each. `plug-in`: the
   * published formula, which takes a tuned lambda for a given one and so is a little too small for few labels.
   */
  errors?: 'leave-one-out' | 'plug-in' | undefined;
  confidence?: number | undefined;
  /**
   * Fewest independent labelled units that get an interval; 20 when absent. 95 % intervals then cover 95 % of real judged
   * scores; where 77 % of the truths are the top score 88 %, and 92 % from 50 units.
   */
  fewest?: number | undefined;
};
