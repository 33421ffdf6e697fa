import type { CodeCall } from './run-code.ts';

// What a bare ECMAScript realm lacks and replies use without need of it: a console, and modules to export to.
const PRELUDE = `
var module = { exports: {} }, exports = module.exports;
var console = Object.fromEntries(['log', 'info', 'warn', 'error', 'debug', 'table', 'assert'].map((name) => [name, () => {}]));
var require = (name) => { throw new Error('there are no modules here: ' + name); };
`;

/**
 * A Node program that runs the code in a realm of its own (node:vm), which holds the language and nothing of Node, then
 * calls its functions there. Only texts cross: no object of Node is within reach of the code. Promises are awaited;
 * timers do not exist.
 */
export function javascriptProgram({
  code,
  calls,
  marker,
}: {
  code: string;
  calls: readonly CodeCall[];
  marker: string;
}): string {
  return `'use strict';
const vm = require('node:vm');
const realm = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
  codeGeneration: { strings: false, wasm: false },
  microtaskMode: 'afterEvaluate',
});
const run = (source, filename) => vm.runInContext(source, realm, { filename });
run(${JSON.stringify(PRELUDE)}, 'prelude.js');
let failure;
try {
  run(${JSON.stringify(withoutExports(code))}, 'reply.js');
} catch (error) {
  failure = 'the code does not load';
  try { failure = String(error.name) + ': ' + String(error.message); } catch {}
}
run(${JSON.stringify(callsScript(calls))}.replace('FAILURE', () => JSON.stringify(failure ?? null)), 'calls.js');
process.stdout.write('\\n' + ${JSON.stringify(marker)} + String(run('theResults', 'results.js')) + '\\n');
`;
}

/** Exports of an ES module, as the definitions that they are: the code is read as a script. */
const withoutExports = (code: string): string =>
  code
    .replace(/^export\s+default\s+(?=(async\s+)?function\b|class\b)/gmu, '')
    .replace(/^export\s+(?=(async|function|const|let|var|class)\b)/gmu, '')
    .replace(/^export\s*\{[^}]*\};?[ \t]*$/gmu, '');

/** Makes the calls one after the other, each on arguments of its own, and leaves the results as text. */
const callsScript = (calls: readonly CodeCall[]): string => `
var theResults = '[]';
(async () => {
  const failure = FAILURE, results = [];
  const text = JSON.stringify;
  const calls = [${calls.map(({ call, args }) => `[() => typeof ${call} === 'function' ? ${call} : module.exports.${call} ?? module.exports, ${JSON.stringify(JSON.stringify(args))}]`).join(',\n')}];
  for (const [find, args] of calls) {
    try {
      if (failure !== null) throw new Error(failure);
      const value = await find()(...JSON.parse(args));
      results.push('{"value":' + (text(value) ?? 'null') + '}');
    } catch (error) {
      results.push('{"error":' + text(String(error?.message ?? error)) + '}');
    }
    theResults = '[' + results.join(',') + ']';
  }
})();
undefined;
`;
