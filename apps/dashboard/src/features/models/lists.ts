import type { BoardAxis, Domain, Metric, ScoreSource, Task } from '@pointsman/contracts';

// The page imports types of the contracts only: their lists would bring zod into the browser.

const domains: Record<Domain, true> = {
  'customer-support': true,
  'e-commerce': true,
  education: true,
  'energy-environment': true,
  finance: true,
  healthcare: true,
  'human-resources': true,
  industry: true,
  legal: true,
  marketing: true,
  'public-administration': true,
  research: true,
  software: true,
  travel: true,
};
const tasks: Record<Task, true> = {
  answer: true,
  summarise: true,
  extract: true,
  classify: true,
  translate: true,
  rewrite: true,
  write: true,
  reason: true,
  code: true,
  converse: true,
};
const metrics: Record<Metric, true> = {
  overall: true,
  factual_accuracy: true,
  coherence: true,
  relevance: true,
  completeness: true,
  tone: true,
  safety: true,
};

export const DOMAINS = Object.keys(domains);
export const TASKS = Object.keys(tasks);
export const METRICS = Object.keys(metrics);
export const SOURCES = ['router', 'traffic', 'benchmark'] as const satisfies readonly ScoreSource[];
export const AXES = ['dimension', 'domain', 'task'] as const satisfies readonly BoardAxis[];
