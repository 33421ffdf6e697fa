import { isNode, LineCounter, parseDocument } from 'yaml';
import type { ConfigProblem } from './config-problem.ts';
import { explainIssue } from './explain-issue.ts';
import { type ConfigFile, configFileSchema, type PriceSettings } from './file-schema.ts';
import { checkKey, type Environment } from './read-environment.ts';
import { type ConfigPath, resolveReferences } from './resolve-references.ts';

export type ConfigFileText = { path: string; text: string };
export type ConfigFileReading = { content: ConfigFile; problems: ConfigProblem[]; problemAt: ProblemAt };
/** Completes a problem with the file's name and the line of its path. */
export type ProblemAt = (path: ConfigPath, problem: Omit<ConfigProblem, 'path'>) => ConfigProblem;

/** Reads and checks `pointsman.config.yaml` by itself; with problems the content is empty. */
export function parseConfigFile(file: ConfigFileText, env: Environment): ConfigFileReading {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const problemAt: ProblemAt = (path, problem) => {
    const line = lineOf(document, path, lines);
    return { ...problem, path: pathText(path), file: file.path, ...(line !== undefined && { line }) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      path: 'yaml',
      message: error.message,
      mend: 'Check indentation, quotes and colons near this line.',
      file: file.path,
      line: lines.linePos(error.pos[0]).line,
    }));
    return { content: {}, problems, problemAt };
  }
  const checked = checkContent(document.toJS({ maxAliasCount: 100 }) ?? {}, env);
  const problems = checked.problems.map(({ path, problem }) => problemAt(path, problem));
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { content: checked.content, problems, problemAt };
}

function checkContent(written: unknown, env: Environment) {
  const resolved = resolveReferences(written, env);
  const unresolved = new Set(resolved.problems.map(({ path }) => pathText(path)));
  const result = configFileSchema.safeParse(resolved.content);
  if (!result.success) {
    const issues = result.error.issues.flatMap((issue) => explainIssue(issue, written));
    // A reference that could not be resolved has been named already.
    const further = issues.filter(({ path }) => !unresolved.has(pathText(path)));
    return { content: {}, problems: [...resolved.problems, ...firstOfEachPath(further)] };
  }
  return {
    content: result.data,
    problems: [...resolved.problems, ...checkKeys(result.data), ...checkPrices(result.data)],
  };
}

type Problem = { path: ConfigPath; problem: Omit<ConfigProblem, 'path'> };

/** A value that breaks one rule often breaks the next as well; the first says enough. */
function firstOfEachPath(problems: readonly Problem[]): Problem[] {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const path = pathText(problem.path);
    if (!first.has(path)) first.set(path, problem);
  }
  return [...first.values()];
}

function checkKeys(content: ConfigFile): Problem[] {
  return Object.entries(content.providers ?? {}).flatMap(([id, { apiKey }]) => {
    const problem = apiKey === undefined || apiKey === '' ? undefined : checkKey('', apiKey);
    return problem === undefined ? [] : [{ path: ['providers', id, 'apiKey'], problem }];
  });
}

function checkPrices(content: ConfigFile): Problem[] {
  return Object.entries(content.models ?? {}).flatMap(([id, { prices = [] }]) =>
    prices.flatMap((price, index) => checkPrice(price, prices[index - 1], ['models', id, 'prices', index])),
  );
}

function checkPrice(price: PriceSettings, earlier: PriceSettings | undefined, path: ConfigPath): Problem[] {
  const problems: Problem[] = [];
  if (earlier !== undefined && earlier.from >= price.from) {
    const mend = `Order prices by date; ${price.from} does not come after ${earlier.from}.`;
    problems.push({
      path: [...path, 'from'],
      problem: { message: 'is not later than the price before it', got: price.from, mend },
    });
  }
  for (const [index, tier] of (price.tiers ?? []).entries()) {
    const before = price.tiers?.[index - 1]?.aboveInputTokens ?? 0;
    if (tier.aboveInputTokens > before) continue;
    problems.push({
      path: [...path, 'tiers', index, 'aboveInputTokens'],
      problem: {
        message: 'is not above the tier before it',
        got: String(tier.aboveInputTokens),
        mend: `Use more than ${before}.`,
      },
    });
  }
  return problems;
}

const pathText = (path: ConfigPath): string =>
  path.length === 0
    ? '(whole file)'
    : path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
        .join('')
        .slice(1);

/** The line of the entry, or of the nearest enclosing one when the entry itself is missing. */
function lineOf(document: ReturnType<typeof parseDocument>, path: ConfigPath, lines: LineCounter): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
