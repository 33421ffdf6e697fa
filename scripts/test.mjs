import './require-node-20.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensureDashboard } from './build-dashboard.mjs';
import { ensureInstalled } from './install.mjs';
import { forwardSignals } from './launch.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { runCommand } from './run-command.mjs';
import { readVitestOutcomes, summarise } from './summarise-results.mjs';

/** @typedef {import('./vitest-results-reporter.mjs').Outcome} Outcome */

const root = repositoryRoot;

/** @type {{ name: string, command: string, args: string[] }[]} */
const CHECKS = [
  { name: 'formatting and lint (biome)', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'lint (oxlint)', command: 'oxlint', args: ['--deny-warnings'] },
  { name: 'types (tsc)', command: 'tsc', args: ['-b', '.', 'scripts'] },
  { name: 'import fences (turbo boundaries)', command: 'turbo', args: ['boundaries'] },
  { name: 'repository (nothing private is committed)', command: 'node', args: ['scripts/check-repository.mjs'] },
  { name: 'documents (links, commands, records)', command: 'node', args: ['scripts/check-documents.mjs'] },
];

// Costs half a minute, so only where everything is wanted: a regression of the hot path must be seen.
if (process.env.POINTSMAN_REQUIRE_ALL === '1') {
  CHECKS.push({
    name: 'speed (CPU per request, at most 4.5 times the floor)',
    command: 'node',
    args: ['--conditions=@pointsman/source', 'apps/gateway/bench/gateway.ts', '--check'],
  });
}

const stopping = new AbortController();
/** @type {string | undefined} */
let whyStopped;

/** @param {string} why */
function stop(why) {
  whyStopped ??= why;
  stopping.abort();
}

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * @param {string} node absolute path of the Node to test with
 * @returns {NodeJS.ProcessEnv}
 */
const environment = (node) => ({
  ...process.env,
  PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  // A log file or a CI page shows colour codes as noise.
  ...(process.stdout.isTTY || process.env.FORCE_COLOR !== undefined ? {} : { NO_COLOR: '1' }),
});

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome[]>}
 */
async function runChecks(env) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const { name, command, args } of CHECKS) {
    const startedAt = performance.now();
    const { code, output } = await runCommand({ command, args, cwd: root, env, show: false, signal: stopping.signal });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    say(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (code === 0) outcomes.push({ kind: 'passed', name });
    else {
      say(output.trimEnd());
      outcomes.push({ kind: 'failed', name, note: whyStopped ?? `${command} ${args.join(' ')}: exit code ${code}` });
    }
  }
  return outcomes;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} filters
 * @returns {Promise<Outcome[]>}
 */
async function runVitest(env, filters) {
  const folder = mkdtempSync(join(tmpdir(), 'pointsman-test-'));
  const results = join(folder, 'results.ndjson');
  try {
    const { code, output } = await runCommand({
      command: 'vitest',
      args: ['run', '--reporter=default', '--reporter=./scripts/vitest-results-reporter.mjs', ...filters],
      cwd: root,
      env: { ...env, POINTSMAN_TEST_RESULTS: results },
      show: true,
      signal: stopping.signal,
    });
    if (output !== '') say(output);
    return readVitestOutcomes(readIfThere(results), { code, stopped: whyStopped });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // vitest died before its first result: reported as a failure by what reads this.
    return '';
  }
}

/** @type {Outcome[]} */
const outcomes = [];
const filters = process.argv.slice(2);
const stopForwarding = forwardSignals((signal) => stop(`stopped by ${signal}`));
const minutes = Number(process.env.POINTSMAN_TEST_DEADLINE_MINUTES ?? 0);
const deadline = minutes > 0 ? setTimeout(() => stop(`stopped after ${minutes} minutes`), minutes * 60_000) : undefined;

try {
  const node = await ensureInstalled(root, say);
  await ensureDashboard(root, { node, say });
  const env = environment(node);
  if (filters.length === 0) outcomes.push(...(await runChecks(env)));
  outcomes.push(...(await runVitest(env, filters)));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  outcomes.push({ kind: 'failed', name: 'test run', note: 'ended early: see above' });
} finally {
  clearTimeout(deadline);
  stopForwarding();
}

process.exitCode = outcomes.some(({ kind }) => kind === 'failed') ? 1 : 0;
say(`\n${summarise(outcomes)}`);
