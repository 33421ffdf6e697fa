/** One thing wrong with a catalogue: where, and what to change. */
export type CatalogProblem = {
  /** `models[3] (openai/gpt-4o).prices[1].from`: position, then the id where there is one. */
  path: string;
  message: string;
};

/** Thrown when content is not a catalogue; lists every problem found, not the first one. */
export class CatalogError extends Error {
  readonly problems: readonly CatalogProblem[];
  constructor(problems: readonly CatalogProblem[]) {
    const lines = problems.map((problem) => `  ${problem.path}: ${problem.message}`);
    super(`The catalogue has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.name = 'CatalogError';
    this.problems = problems;
  }
}
