import type { Domain, Task } from '@pointsman/contracts';
import { UNKNOWN } from './labels.ts';

/** Which domain a benchmark's own label belongs to; the first pattern that fits counts. */
const DOMAIN_PATTERNS: readonly [RegExp, Domain | typeof UNKNOWN][] = [
  [/law|legal|jurisprudence/, 'legal'],
  [/marketing|public_relations/, 'marketing'],
  [/medic|anatomy|clinical|nutrition|health|virology|genetics|human_aging|sexuality/, 'healthcare'],
  [/business|econom|accounting|finance/, 'finance'],
  [/management/, 'human-resources'],
  [/computer|code|crux|mbpp|security$|machine_learning/, 'software'],
  [/electrical_engineering|engineering/, 'industry'],
  [/government|security_studies|foreign_policy/, 'public-administration'],
  [/gsm|mgsm|elementary_mathematics|high_school_mathematics|arc_challenge|openbook/, 'education'],
  [/biology|chemistry|physics|math|psychology|sociology|astronomy|econometrics|gpqa|formal_logic/, 'research'],
  [/trivia|natural_qa|commonsense|global_facts|miscellaneous|religions|moral|logicgrid|prehistory|other/, UNKNOWN],
];

const TASK_PATTERNS: readonly [RegExp, Task][] = [
  [/code_reasoning|mbpp/, 'code'],
  [/math|gsm|logic|econometrics|physics|accounting|logicgrid/, 'reason'],
];

/**
 * Domain and task that a label of the public routing benchmarks stands for; `undefined` for rows that mix everything.
 * Their prompts are exam questions, so they say little about what people ask at work: a supplement to labelled prompts.
 */
export function labelsOfBenchmark(label: string | undefined): { domain: string; task: string } | undefined {
  if (label === undefined) return undefined;
  const domain = DOMAIN_PATTERNS.find(([pattern]) => pattern.test(label))?.[1];
  if (domain === undefined) return undefined;
  return { domain, task: TASK_PATTERNS.find(([pattern]) => pattern.test(label))?.[1] ?? 'answer' };
}
