import type { DecisionOutcome, Dimension, Domain, Reason, Task } from '@pointsman/contracts';

// The closed lists of packages/contracts, written out: importing them would bring their schemas into the browser. A word
// that is not on a list does not compile; one that is missing is offered in no filter.

export const DIMENSIONS = [
  'factual_accuracy',
  'coherence',
  'relevance',
  'completeness',
  'tone',
  'safety',
] as const satisfies readonly Dimension[];

export const DOMAINS = [
  'customer-support',
  'e-commerce',
  'education',
  'energy-environment',
  'finance',
  'healthcare',
  'human-resources',
  'industry',
  'legal',
  'marketing',
  'public-administration',
  'research',
  'software',
  'travel',
] as const satisfies readonly Domain[];

export const TASKS = [
  'answer',
  'summarise',
  'extract',
  'classify',
  'translate',
  'rewrite',
  'write',
  'reason',
  'code',
  'converse',
] as const satisfies readonly Task[];

export const OUTCOMES = [
  'answered',
  'cached',
  'refused',
  'failed',
  'abandoned',
] as const satisfies readonly DecisionOutcome[];

export const REASONS = [
  'cheapest-safe',
  'escalated-uncertain',
  'best-worst-case',
  'highest-quality',
  'certified-floor',
  'floor-strongest',
  'requested-model',
  'session-sticky',
  'tool-loop',
  'session-switched',
  'only-candidate',
  'router-unavailable',
  'fallback',
  'cache-hit',
  'not-routed',
] as const satisfies readonly Reason[];
