import { posix } from 'node:path';

/**
 * @typedef {{ path: string, line: number, what: string }} Fault
 * @typedef {{ exists: (path: string) => boolean, scripts: ReadonlySet<string> }} Surroundings
 */

const RECORD_LINES = 40;
/** npm's own commands, which need no entry in package.json. */
const BUILT_IN = new Set(['install', 'ci', 'exec', 'version']);

/**
 * Faults of the Markdown files that a reader would stumble over: links to nothing, commands that do not exist, decision
 * records without a date or longer than a page.
 * @param {readonly import('./list-repository-files.mjs').RepositoryFile[]} files Markdown files
 * @param {Surroundings} surroundings `exists` takes paths relative to the root; `scripts` are package.json's
 * @returns {Fault[]}
 */
export function findDocumentFaults(files, surroundings) {
  const records = files.filter(({ path }) => /^docs\/decisions\/\d/.test(path));
  return [
    ...files.flatMap((file) => checkLines(file, surroundings)),
    ...records.flatMap(checkRecord),
    ...checkNumbers(records),
  ];
}

/**
 * @param {import('./list-repository-files.mjs').RepositoryFile} file
 * @param {Surroundings} surroundings
 * @returns {Fault[]}
 */
function checkLines({ path, text }, { exists, scripts }) {
  return text.split('\n').flatMap((content, index) => {
    const links = [...content.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !exists(posix.join(posix.dirname(path), link)));
    const commands = [...content.matchAll(/\bnpm run ([\w:.-]*\w)/g)].map((match) => match[1] ?? '');
    const unknown = commands.filter((name) => !scripts.has(name) && !BUILT_IN.has(name));
    return [
      ...broken.map((link) => ({ path, line: index + 1, what: `links to ${link}, which does not exist` })),
      ...unknown.map((name) => ({
        path,
        line: index + 1,
        what: `names "npm run ${name}", which package.json does not have`,
      })),
    ];
  });
}

/**
 * @param {import('./list-repository-files.mjs').RepositoryFile} record
 * @returns {Fault[]}
 */
function checkRecord({ path, text }) {
  const lines = text.trimEnd().split('\n');
  /** @type {Fault[]} */
  const faults = [];
  if (!/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path))
    faults.push({ path, line: 0, what: 'is not named NNNN-title.md' });
  if (!/^\d{4}-\d{2}-\d{2}\b/.test(lines[2] ?? ''))
    faults.push({ path, line: 3, what: 'does not start with its date' });
  if (lines.length > RECORD_LINES)
    faults.push({ path, line: RECORD_LINES, what: `is longer than ${RECORD_LINES} lines` });
  for (const heading of ['## Context', '## Decision', '## Consequences']) {
    if (!lines.includes(heading)) faults.push({ path, line: 0, what: `has no "${heading}"` });
  }
  return faults;
}

/**
 * @param {readonly import('./list-repository-files.mjs').RepositoryFile[]} records
 * @returns {Fault[]}
 */
function checkNumbers(records) {
  const numbers = records.map(({ path }) => posix.basename(path).slice(0, 4));
  return records.flatMap(({ path }, index) =>
    numbers.indexOf(numbers[index] ?? '') === index
      ? []
      : [{ path, line: 0, what: `number ${numbers[index]} is taken` }],
  );
}
