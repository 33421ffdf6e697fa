import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseAssignments } from './parse-dockerfile.mjs';

/**
 * @typedef {import('./parse-dockerfile.mjs').Stage} Stage
 * @typedef {import('./parse-dockerfile.mjs').Instruction} Instruction
 * @typedef {{ name: string, root: string, workdir: string, env: Record<string, string>, last: Map<string, Instruction> }} BuiltStage
 *   `root`: the folder that stands for `/`; `workdir`: a container path; `last`: the last instruction of each keyword
 * @typedef {{ source: string, files: readonly string[] }} Context `files`: relative to `source`, what .dockerignore leaves
 * @typedef {{ context: Context, folder: string, built: readonly BuiltStage[], baseEnv: NodeJS.ProcessEnv, report: (line: string) => void }} Surroundings
 */

const RECORDED_ONLY = new Set(['USER', 'EXPOSE', 'HEALTHCHECK', 'CMD', 'ENTRYPOINT']);

/**
 * Carries out one stage of a Dockerfile in a folder of its own, as a container engine would in a layer.
 * @param {Stage} stage
 * @param {Surroundings} surroundings
 * @returns {BuiltStage}
 * @throws {Error} naming the line that failed, with its output
 */
export function buildStage(stage, surroundings) {
  const root = join(surroundings.folder, stage.name);
  mkdirSync(root, { recursive: true });
  /** @type {BuiltStage} */
  const state = { name: stage.name, root, workdir: '/', env: {}, last: new Map() };
  surroundings.report(`FROM ${stage.from}: not pulled, Node ${process.versions.node} stands in`);
  for (const instruction of stage.instructions) {
    try {
      carryOut(instruction, state, surroundings);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`line ${instruction.line}: ${instruction.keyword} ${instruction.value}\n${what}`);
    }
    state.last.set(instruction.keyword, instruction);
  }
  return state;
}

/**
 * @param {Instruction} instruction
 * @param {BuiltStage} state
 * @param {Surroundings} surroundings
 */
function carryOut(instruction, state, surroundings) {
  const { keyword, value } = instruction;
  if (keyword === 'WORKDIR') {
    state.workdir = posix.resolve(state.workdir, value);
    mkdirSync(join(state.root, state.workdir), { recursive: true });
  } else if (keyword === 'ARG' || keyword === 'ENV') Object.assign(state.env, parseAssignments(value));
  else if (keyword === 'COPY') copy(instruction, state, surroundings);
  else if (keyword === 'RUN') run(value, state, surroundings);
  else if (RECORDED_ONLY.has(keyword)) {
    if (keyword === 'USER' || keyword === 'EXPOSE') surroundings.report(`${keyword} ${value}: not applied`);
  } else throw new Error('this instruction is not known here');
}

/**
 * @param {Instruction} instruction
 * @param {BuiltStage} state
 * @param {Surroundings} surroundings
 */
function copy({ flags, value }, state, { context, built, report }) {
  const words = value.split(/\s+/);
  const target = posix.resolve(state.workdir, words.at(-1) ?? '.');
  const intoFolder = words.length > 2 || /[/.]$/.test(words.at(-1) ?? '');
  if (flags.chown !== undefined) report(`COPY --chown=${flags.chown}: owner not changed`);
  for (const source of words.slice(0, -1)) {
    if (flags.from === undefined) copyFromContext(source, join(state.root, target), intoFolder, context);
    else {
      const from = built.find(({ name }) => name === flags.from);
      if (from === undefined) throw new Error(`there is no stage ${flags.from}`);
      cpSync(join(from.root, source), join(state.root, target), { recursive: true, verbatimSymlinks: true });
    }
  }
}

/**
 * @param {string} source a file or folder of the context
 * @param {string} target the file or folder to make
 * @param {boolean} intoFolder
 * @param {Context} context
 */
function copyFromContext(source, target, intoFolder, context) {
  const wanted = posix.normalize(source).replace(/\/$/, '');
  const files = context.files.filter((path) => wanted === '.' || path === wanted || path.startsWith(`${wanted}/`));
  if (files.length === 0) throw new Error(`${source} is not in the build context`);
  for (const path of files) {
    const inside = path === wanted ? (intoFolder ? posix.basename(path) : '') : posix.relative(wanted, path);
    const destination = join(target, inside);
    mkdirSync(dirname(destination), { recursive: true });
    cpSync(join(context.source, path), destination);
  }
}

/**
 * @param {string} command
 * @param {BuiltStage} state
 * @param {Surroundings} surroundings
 */
function run(command, state, { baseEnv, report }) {
  if (/(?:^|[\s=])\/\w/.test(command))
    throw new Error('name relative paths only: an absolute one would leave the folder');
  if (/\bapt(?:-get)?\b/.test(command)) return report(`RUN ${command}: not run`);
  const startedAt = performance.now();
  const { status, stdout, stderr, error } = spawnSync('sh', ['-c', command], {
    cwd: join(state.root, state.workdir),
    env: { ...baseEnv, ...containerEnv(state) },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}${error?.message ?? ''}`);
  report(`RUN ${command}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/**
 * The stage's variables, with container paths that exist in it turned into where they lie here.
 * @param {BuiltStage} state
 * @returns {Record<string, string>}
 */
export function containerEnv({ root, env }) {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.startsWith('/') && isThere(join(root, value)) ? join(root, value) : value,
    ]),
  );
}

/** @param {string} path */
const isThere = (path) => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Frees a finished stage's folder.
 * @param {string} folder
 */
export function discardStages(folder) {
  rmSync(folder, { recursive: true, force: true });
}
