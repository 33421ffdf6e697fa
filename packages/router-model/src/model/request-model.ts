import type { Matrix } from '../mathematics/matrix.ts';

/** Turns features into the latent vector `phi` that skills, lengths and familiarity are computed from. */
export type Encoder = {
  buckets: number;
  /** Inverse document frequency of each bucket. */
  idf: Float32Array;
  /** `buckets` x `latent`, int8; row `b` times `scale[b]` is the projection of bucket `b`. */
  embedding: Int8Array;
  scale: Float32Array;
  latent: number;
  sideMean: Float32Array;
  /** One over the standard deviation; 0 for a feature that never varied in training, which says nothing. */
  sideInverseDeviation: Float32Array;
};

/** Softmax regression on hashed n-grams and `phi`. */
export type ClassHead = {
  classes: number;
  /** `buckets` x `classes`, int8; row `b` times `scale[b]` are the weights of bucket `b`. */
  ngrams: Int8Array;
  scale: Float32Array;
  /** phi x classes. */
  dense: Matrix;
};

/** What a transformer's embedding adds: its own opinion, mixed with that of the n-grams by shares found on held-out rows. */
export type TextHeads = {
  /** Version of the encoder whose embeddings these weights are for. */
  encoder: string;
  /** (1 + width) x kinds; the first row is the intercept. */
  kinds: Matrix;
  /** In [0, 1]: weight of the embedding's log probabilities. */
  kindShare: number;
  /** (1 + width) x skills. */
  skills: Matrix;
  skillShare: number;
};

/**
 * The half of the router that looks at the request, and knows no model. A kind is a sort of request the training data
 * distinguishes (`source|label`); domain and task are the closed lists people read.
 */
export type RequestModel = {
  kinds: string[];
  encoder: Encoder;
  kindHead: ClassHead;
  domainHead: ClassHead;
  taskHead: ClassHead;
  /** phi x skills: how much of each skill the request asks for beyond what its kind says. */
  skills: Matrix;
  /** phi x lengths: what makes this request's replies long or short beyond its kind. */
  lengths: Matrix;
  text?: TextHeads | undefined;
  /** phi x phi: the squared length of `phi * leverage` tells how far a request lies from the training data. */
  leverage: Matrix;
  /** familiarity = sigmoid(intercept - slope * ln(leverage)). */
  familiarity: { intercept: number; slope: number };
};

/** Side features enter phi at this scale, set so that one ridge penalty suits both parts. */
export const SIDE_SCALE = 0.15;
/** Standardised side features are clipped here: a strange request must not extrapolate. */
export const SIDE_LIMIT = 4;
/** Guards divisions by the norm of an empty prompt. */
export const EPSILON = 1e-6;
