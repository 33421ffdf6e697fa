/** One thing wrong with the configuration, told so that a person can mend it without reading the code. */
export type ConfigProblem = {
  /** Where: `providers.groq.baseUrl` in the file, or the name of the environment variable. */
  path: string;
  /** What was wrong. */
  message: string;
  /** The value got, for people; absent when nothing was given. Never a secret. */
  got?: string | undefined;
  /** What to change. */
  mend: string;
  /** The file, where the problem is in one. */
  file?: string | undefined;
  /** Line in the file, counted from 1. */
  line?: number | undefined;
};

/** The problems as plain text, one paragraph each, for a terminal or a log. */
export function formatConfigProblems(problems: readonly ConfigProblem[]): string {
  const heading =
    problems.length === 1 ? 'The configuration has 1 problem:' : `The configuration has ${problems.length} problems:`;
  return [heading, ...problems.map(formatProblem)].join('\n');
}

function formatProblem(problem: ConfigProblem): string {
  const place = problem.file === undefined ? 'environment' : [problem.file, problem.line].filter(Boolean).join(':');
  const got = problem.got === undefined ? '' : ` (got ${problem.got})`;
  return `  ${problem.path} [${place}]: ${problem.message}${got}\n    ${problem.mend}`;
}

/** Thrown where a configuration turns out wrong only against something read later, such as the synced catalogue. */
export class ConfigurationError extends Error {
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(formatConfigProblems(problems));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}
