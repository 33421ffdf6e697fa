import { z } from 'zod';

/** Why this model was chosen: the closed list. */
export const REASONS = [
  /** The cheapest candidate that is safe for every minimum score. */
  'cheapest-safe',
  /** A cheaper candidate passed on its mean but not on its risk; the next safe one was taken. */
  'escalated-uncertain',
  /** No candidate is safe; the one with the best worst case was taken. */
  'best-worst-case',
  /** The highest weighted score within the ceilings and the paced budget. */
  'highest-quality',
  /** The cheapest model with which the policy's floor is certified to hold. */
  'certified-floor',
  /** The policy's floor asks for the strongest model here; the decision's floor says why. */
  'floor-strongest',
  /** The caller named the model. */
  'requested-model',
  /** The session keeps its model: a switch would not pay for the lost prompt cache. */
  'session-sticky',
  /** The session is inside a tool loop and keeps its model. */
  'tool-loop',
  /** The session moved to another model: the switch pays for the lost prompt cache. */
  'session-switched',
  /** Only one candidate can serve the request. */
  'only-candidate',
  /** The router model failed or was late; benchmark averages stood in. */
  'router-unavailable',
  /** The first choice failed before its first chunk; a later one of the plan answered. */
  'fallback',
  /** The reply came from the exact cache. */
  'cache-hit',
  /** Nothing was chosen: the request was refused or malformed. */
  'not-routed',
] as const;
export const reasonSchema = z.enum(REASONS);
export type Reason = z.infer<typeof reasonSchema>;

/** What can take a candidate out of the running, checked in this order. */
export const REMOVALS = [
  'not-allowed',
  'region',
  'modality',
  'tools',
  'structured-output',
  'unsupported-parameter',
  'context-length',
  'output-length',
  'price-unknown',
  'unhealthy',
  'max-cost',
  'max-latency',
  'min-score',
] as const;
export const removalSchema = z.enum(REMOVALS);
export type Removal = z.infer<typeof removalSchema>;
