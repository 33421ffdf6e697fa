import { CouldNotRun } from './could-not-run.ts';

export type ActionEnvironment = Readonly<Record<string, string | undefined>>;

export const FAIL_ON = ['regression', 'inconclusive', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What is to be evaluated, and what a verdict leads to. */
export type ActionInputs = {
  config: string | undefined;
  benchmark: string;
  models: string;
  prompt: string | undefined;
  /** `auto`, `merge-base`, a run's id, or none: the first model is the others' baseline. */
  baseline: string | undefined;
  judge: string | undefined;
  minEffect: number | undefined;
  alpha: number | undefined;
  maxCostUsd: number | undefined;
  failOn: FailOn;
  allowEmulated: boolean;
};

/** Where the outcome goes: readable however wrong the other inputs are, so that an error can be told. */
export type Publishing = {
  comment: boolean;
  commentId: string | undefined;
  token: string | undefined;
  reportDir: string;
};

/** @throws {CouldNotRun} naming everything that is wrong at once. */
export function readInputs(env: ActionEnvironment): ActionInputs {
  const problems: string[] = [];
  const required = (name: string): string => {
    const value = input(env, name);
    if (value === undefined) problems.push(`the input ${name} is missing`);
    return value ?? '';
  };
  const number = (name: string, wanted: string, isRight: (value: number) => boolean): number | undefined => {
    const text = input(env, name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isFinite(value) || !isRight(value)) problems.push(`the input ${name} is "${text}": use ${wanted}`);
    return value;
  };
  const inputs: ActionInputs = {
    config: input(env, 'config'),
    benchmark: required('benchmark'),
    models: required('models')
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(','),
    prompt: input(env, 'prompt'),
    baseline: input(env, 'baseline'),
    judge: input(env, 'judge'),
    minEffect: number('min-effect', 'a number above 0, at most 1', (value) => value > 0 && value <= 1),
    alpha: number('alpha', 'a number above 0 and below 0.5', (value) => value > 0 && value < 0.5),
    maxCostUsd: number('max-cost-usd', 'dollars above 0', (value) => value > 0),
    failOn: choice(env, problems),
    allowEmulated: flag(env, 'allow-emulated', { otherwise: false, problems }),
  };
  flag(env, 'comment', { otherwise: true, problems });
  if (inputs.baseline === 'merge-base' && inputs.prompt === undefined) {
    problems.push(
      'the baseline merge-base evaluates the prompt as it was there: name the prompt, or use baseline: auto',
    );
  }
  if (problems.length > 0) throw new CouldNotRun(`${problems.join('; ')}.`);
  return inputs;
}

export function readPublishing(env: ActionEnvironment): Publishing {
  return {
    comment: flag(env, 'comment', { otherwise: true, problems: [] }),
    commentId: input(env, 'comment-id'),
    token: input(env, 'github-token'),
    reportDir: input(env, 'report-dir') ?? 'pointsman-report',
  };
}

/** An input as GitHub hands it over; an empty one was not given. */
function input(env: ActionEnvironment, name: string): string | undefined {
  const text = env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`]?.trim();
  return text === '' ? undefined : text;
}

function choice(env: ActionEnvironment, problems: string[]): FailOn {
  const text = input(env, 'fail-on') ?? 'regression';
  const found = FAIL_ON.find((one) => one === text);
  if (found === undefined) problems.push(`the input fail-on is "${text}": use ${FAIL_ON.join(', ')}`);
  return found ?? 'regression';
}

/** YAML 1.2's booleans, as GitHub passes them. */
function flag(
  env: ActionEnvironment,
  name: string,
  { otherwise, problems }: { otherwise: boolean; problems: string[] },
): boolean {
  const text = input(env, name);
  if (text === undefined) return otherwise;
  if (/^true$/i.test(text)) return true;
  if (!/^false$/i.test(text)) problems.push(`the input ${name} is "${text}": use true or false`);
  return false;
}
