import { z } from 'zod';

/** The six dimensions of quality; every score is in [0, 1]. */
export const DIMENSIONS = ['factual_accuracy', 'coherence', 'relevance', 'completeness', 'tone', 'safety'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const dimensionSchema = z.enum(DIMENSIONS);

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
] as const;
export type Domain = (typeof DOMAINS)[number];

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
] as const;
export type Task = (typeof TASKS)[number];
