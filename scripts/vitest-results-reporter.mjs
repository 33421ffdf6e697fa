import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {{ kind: 'passed' | 'failed' | 'skipped', name: string, note?: string | undefined }} Outcome
 * @typedef {Outcome | { kind: 'end', reason: string }} ResultLine
 */

/**
 * Appends one JSON line per test to the file named by POINTSMAN_TEST_RESULTS as soon as a file of tests is done: what
 * was counted survives a run that dies. Errors outside tests (imports, hooks, unhandled rejections) count as failures.
 */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default class ResultsReporter {
  #path = process.env.POINTSMAN_TEST_RESULTS ?? '';

  /** @param {ResultLine} line */
  #write(line) {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }

  /** @param {import('vitest/node').TestModule} testModule */
  onTestModuleEnd(testModule) {
    const file = relative(process.cwd(), testModule.moduleId);
    for (const test of testModule.children.allTests()) {
      const { state, errors } = test.result();
      const name = `${file} > ${test.fullName}`;
      if (state === 'failed') this.#write({ kind: 'failed', name, note: firstLine(errors) });
      else if (state === 'passed') this.#write({ kind: 'passed', name });
      else this.#write({ kind: 'skipped', name, note: noteOf(test) });
    }
    for (const suite of testModule.children.allSuites()) {
      const errors = suite.errors();
      if (errors.length > 0)
        this.#write({ kind: 'failed', name: `${file} > ${suite.fullName}`, note: firstLine(errors) });
    }
    const errors = testModule.errors();
    if (errors.length > 0) this.#write({ kind: 'failed', name: file, note: firstLine(errors) });
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} _testModules
   * @param {readonly import('vitest').SerializedError[]} unhandledErrors
   * @param {string} reason
   */
  onTestRunEnd(_testModules, unhandledErrors, reason) {
    for (const error of unhandledErrors) {
      this.#write({ kind: 'failed', name: 'error outside any test', note: firstLine([error]) });
    }
    this.#write({ kind: 'end', reason });
  }
}

/** @param {import('vitest/node').TestCase} test */
function noteOf(test) {
  const result = test.result();
  if ('note' in result && result.note !== undefined) return result.note;
  return test.options.mode === 'todo' ? 'to be written' : undefined;
}

/** @param {readonly { message?: string }[]} errors */
const firstLine = (errors) => errors[0]?.message?.split('\n')[0];
