import { type CheckScorer, failed, PASSED } from './check-outcome.ts';
import { codeProgram, extractCode, isCallable, readResults } from './code-program.ts';
import { jsonEqual } from './json-equal.ts';
import { quoteFound } from './quote-found.ts';

const CLOSENESS = { tolerance: 1e-9, strict: true };

/**
 * Every test of the function that the text defines returns what is expected. The expected values stay here: the program
 * that runs never sees them, so nothing that it prints can pass without computing them.
 */
export const checkCode: CheckScorer<'code'> = {
  part: 'whole',
  async score(text, { language, tests }, { runCode }) {
    const odd = tests.find(({ call }) => !isCallable(call));
    if (odd !== undefined) return { couldNotRun: `'${odd.call}' is no name of a function` };
    const code = extractCode(text, language);
    if (code === '') return failed(`expected ${language} code, found nothing`);
    const { marker, ...program } = codeProgram(code, { language, tests });
    const outcome = await runCode(program);
    if (outcome.status === 'could-not-run') return { couldNotRun: outcome.why };
    if (outcome.status === 'stopped') return failed(`expected the code to end, but it ${outcome.why}`);
    const results = readResults(outcome.stdout, marker, tests.length);
    if (results === undefined)
      return failed(`expected results, but the code ended before giving any: ${quoteFound(outcome.stderr)}`);
    for (const [index, { call, args, expected }] of tests.entries()) {
      const result = results[index] ?? { error: 'no result' };
      const asked = `${call}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
      if ('error' in result) return failed(`expected ${asked} to return, but it failed: ${quoteFound(result.error)}`);
      if (!jsonEqual(result.value, expected, CLOSENESS))
        return failed(
          `expected ${quoteFound(asked)} to return ${quoteFound(JSON.stringify(expected))}, found ${quoteFound(JSON.stringify(result.value))}`,
        );
    }
    return PASSED;
  },
};
