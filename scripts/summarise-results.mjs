/** @typedef {import('./vitest-results-reporter.mjs').Outcome} Outcome */

/**
 * Reads what the reporter wrote and adds what the run itself says, so that a run that died, found nothing or failed
 * outside its tests can never look like a success.
 * @param {string} ndjson the reporter's file, possibly cut off in the middle of a line
 * @param {{ code: number | null, stopped?: string | undefined }} exit how vitest ended; `stopped` says why we ended it
 * @returns {Outcome[]}
 */
export function readVitestOutcomes(ndjson, exit) {
  /** @type {Outcome[]} */
  const outcomes = [];
  let finished = false;
  for (const line of ndjson.split('\n')) {
    const parsed = parseLine(line);
    if (parsed?.kind === 'end') finished = parsed.reason !== 'interrupted';
    else if (parsed !== undefined) outcomes.push(parsed);
  }
  const failed = outcomes.some(({ kind }) => kind === 'failed');
  if (exit.stopped !== undefined) outcomes.push({ kind: 'failed', name: 'vitest', note: exit.stopped });
  else if (!finished)
    outcomes.push({ kind: 'failed', name: 'vitest', note: `ended before all tests had run (exit code ${exit.code})` });
  else if (outcomes.length === 0) outcomes.push({ kind: 'failed', name: 'vitest', note: 'found no tests' });
  else if (exit.code !== 0 && !failed) {
    outcomes.push({
      kind: 'failed',
      name: 'vitest',
      note: `exit code ${exit.code} although no test failed: see above`,
    });
  }
  return outcomes;
}

/**
 * @param {string} line
 * @returns {import('./vitest-results-reporter.mjs').ResultLine | undefined}
 */
function parseLine(line) {
  if (line === '') return undefined;
  try {
    return JSON.parse(line);
  } catch {
    // The run died while writing: the missing end line says so.
    return undefined;
  }
}

/**
 * The end of a run for people: what was skipped and why, what failed, and last the one plain line for machines.
 * @param {readonly Outcome[]} outcomes
 * @returns {string} without a newline at its end
 */
export function summarise(outcomes) {
  const of = (/** @type {Outcome['kind']} */ kind) => outcomes.filter((outcome) => outcome.kind === kind);
  const passed = of('passed');
  const failed = of('failed');
  const skipped = of('skipped');
  const counts = `${passed.length} passed, ${failed.length} failed`;
  return [
    ...section('Skipped:', skipped),
    ...section('Failed:', failed),
    skipped.length === 0 ? counts : `${counts}, ${skipped.length} skipped`,
  ].join('\n');
}

/**
 * @param {string} title
 * @param {readonly Outcome[]} outcomes
 */
function section(title, outcomes) {
  if (outcomes.length === 0) return [];
  return [title, ...outcomes.map(({ name, note }) => `  - ${name}${note === undefined ? '' : `: ${note}`}`), ''];
}
