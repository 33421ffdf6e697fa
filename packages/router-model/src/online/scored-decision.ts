import type { Dimension } from '@pointsman/contracts';

/** One dimension's score of a reply that a deployment served, without the prompt. */
export type ScoredDecision = {
  /** Of the decision: the scores of one reply count as one piece of evidence together, they share its luck. */
  id: string;
  clientId: string;
  /** What the router took the request for (`RouterPrediction.kind`); absent when it recognised nothing. */
  kind?: string | undefined;
  /** As the artefact knows the model: a router name, or the id of a catalogue model. */
  model: string;
  dimension: Dimension;
  /** In [0, 1], as the artefact that is being updated predicted it. */
  predictedMean: number;
  /** In [0, 1]. */
  score: number;
};
