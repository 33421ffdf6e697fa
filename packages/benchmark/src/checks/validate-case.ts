import { type BenchmarkCase, benchmarkCaseSchema, type Check } from '@pointsman/contracts';
import { explainIssues } from '../formats/explain-issues.ts';
import { compileSchema } from './check-json-schema.ts';
import { compilePattern } from './check-regex.ts';
import { isCallable } from './code-program.ts';

export type CaseValidation =
  /** `warnings`: what is allowed and yet hardly meant. */
  { ok: true; case: BenchmarkCase; warnings: string[] } | { ok: false; problems: string[] };

/** Whether a value is a case that can be asked and scored: beyond the schema, its patterns and JSON schemas compile. */
export function validateCase(value: unknown): CaseValidation {
  const parsed = benchmarkCaseSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: [explainIssues(parsed.error, value)] };
  const { data } = parsed;
  const problems = [...data.checks.flatMap(explainCheck), ...explainLastMessage(data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, case: data, warnings: warnOf(data) };
}

function explainLastMessage({ messages }: BenchmarkCase): string[] {
  const role = messages.at(-1)?.role;
  if (role === 'user' || role === 'tool') return [];
  return [`messages: the last one is the ${role}'s; a model answers a user or a tool`];
}

function explainCheck(check: Check, index: number): string[] {
  const problem = problemOf(check);
  return problem === undefined ? [] : [`checks[${index}] (${check.kind}): ${problem}`];
}

function problemOf(check: Check): string | undefined {
  switch (check.kind) {
    case 'regex':
      return whyItThrows(() => compilePattern(check));
    case 'json-schema':
      return whyItThrows(() => compileSchema(check.schema));
    case 'words':
      return check.least > check.most ? `least ${check.least} is more than most ${check.most}` : undefined;
    case 'contains':
      return [check.all, check.any, check.none].every((needles) => needles.length === 0)
        ? 'names nothing that the text must or must not contain'
        : undefined;
    case 'code': {
      const odd = check.tests.find(({ call }) => !isCallable(call));
      return odd === undefined ? undefined : `'${odd.call}' is no name of a function`;
    }
    default:
      return undefined;
  }
}

function whyItThrows(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const warnOf = ({ reference, checks }: BenchmarkCase): string[] => [
  ...(reference === undefined && checks.length === 0
    ? ['has neither reference nor check: only the judge tells a right reply from a wrong one']
    : []),
  ...checks.flatMap((check, index) =>
    check.kind === 'regex' && BOUNDARY_BY_ACCENT.test(check.pattern)
      ? [
          `checks[${index}] (regex): \\b knows no accented letters; write (?<!\\p{L}) before and (?!\\p{L}) after instead`,
        ]
      : [],
  ),
];

// ECMAScript's word characters are those of ASCII: \bélevé finds nothing after a space.
const BOUNDARY_BY_ACCENT = /\\b[À-ÖØ-öø-ÿœ]|[À-ÖØ-öø-ÿœ]\\b/;
