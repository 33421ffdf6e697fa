import { globSync, lstatSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootImage } from './boot-image.mjs';
import { buildStage, discardStages } from './build-stage.mjs';
import { dockerIgnore } from './docker-ignore.mjs';
import { listRepositoryPaths } from './list-repository-files.mjs';
import { parseDockerfile } from './parse-dockerfile.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { throwawayPostgres } from './throwaway-postgres.mjs';

// npm run verify:docker [-- gateway evaluator] [--no-boot] [--keep]: does what the Dockerfiles say, without an engine.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-boot': { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});
const apps = positionals.length > 0 ? positionals : ['gateway', 'evaluator'];

/** What a container would give the program, plus what reaching the package registry takes on this machine. */
const baseEnv = {
  PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => name === 'HOME' || /^(?:https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)$/i.test(name),
    ),
  ),
};

/**
 * Stores and caches of its own: what an earlier install left on this machine must not make a build line succeed.
 * @param {string} folder
 */
const freshCaches = (folder) => ({
  XDG_DATA_HOME: join(folder, '.home', 'data'),
  XDG_CACHE_HOME: join(folder, '.home', 'cache'),
  XDG_STATE_HOME: join(folder, '.home', 'state'),
  npm_config_cache: join(folder, '.home', 'npm'),
});

/** @param {string} line */
const report = (line) => process.stdout.write(`  ${line}\n`);

/** @param {string} app */
async function verify(app) {
  const folder = mkdtempSync(join(tmpdir(), `pointsman-image-${app}-`));
  try {
    const isIgnored = dockerIgnore(readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8'));
    const files = listRepositoryPaths(repositoryRoot).filter((path) => !isIgnored(path));
    report(`context: ${files.length} files`);
    /** @type {import('./build-stage.mjs').BuiltStage[]} */
    const built = [];
    const buildEnv = { ...baseEnv, ...freshCaches(folder) };
    for (const stage of parseDockerfile(readFileSync(join(repositoryRoot, 'apps', app, 'Dockerfile'), 'utf8'))) {
      built.push(
        buildStage(stage, { context: { source: repositoryRoot, files }, folder, built, baseEnv: buildEnv, report }),
      );
    }
    const image = built.at(-1);
    if (image === undefined) throw new Error('the Dockerfile has no stage');
    checkContent(image);
    if (values['no-boot']) report('not booted (--no-boot)');
    else await boot(image);
  } finally {
    if (values.keep) report(`kept: ${folder}`);
    else discardStages(folder);
  }
}

/** @param {import('./build-stage.mjs').BuiltStage} image */
async function boot(image) {
  const postgres = await throwawayPostgres();
  try {
    await bootImage(image, { baseEnv, extraEnv: { DATABASE_URL: postgres.url }, report });
  } finally {
    await postgres.stop();
  }
}

/** @param {import('./build-stage.mjs').BuiltStage} image */
function checkContent(image) {
  const ours = ['app/dist/**/*', 'app/node_modules/.pnpm/@pointsman*/node_modules/@pointsman/*/{src,dist,test}/**/*'];
  const stray = globSync(ours, { cwd: image.root }).filter((path) => /\.ts$|\.test\./.test(path));
  if (stray.length > 0) throw new Error(`sources or tests in the image: ${stray.slice(0, 10).join(', ')}`);
  report(`image content: ${Math.round(bytesBelow(image.root) / 1e6)} MB over its base`);
}

/**
 * @param {string} folder
 * @returns {number} links count as nothing: pnpm's point into the same folder
 */
function bytesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesBelow(path);
    return entry.isFile() ? sum + lstatSync(path).size : sum;
  }, 0);
}

for (const app of apps) {
  process.stdout.write(`${app}\n`);
  try {
    await verify(app);
    process.stdout.write(`✓ ${app}\n`);
  } catch (error) {
    process.stdout.write(`✗ ${app}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
