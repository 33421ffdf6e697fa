/**
 * @typedef {{ keyword: string, flags: Record<string, string>, value: string, line: number }} Instruction
 *   `value`: what follows the flags, continuation lines joined
 * @typedef {{ name: string, from: string, instructions: Instruction[] }} Stage `name`: its alias, else its number
 */

/**
 * Reads the part of the Dockerfile language that this repository uses: no heredocs, no parser directives, no ARG before FROM.
 * @param {string} text
 * @returns {Stage[]}
 * @throws {Error} on an instruction before the first FROM
 */
export function parseDockerfile(text) {
  /** @type {Stage[]} */
  const stages = [];
  for (const { content, line } of joinContinuations(text)) {
    const [, keyword = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(content) ?? [];
    const instruction = { keyword: keyword.toUpperCase(), ...splitFlags(rest), line };
    if (instruction.keyword === 'FROM') {
      const [from = '', , name = String(stages.length)] = instruction.value.split(/\s+/);
      stages.push({ name, from, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`line ${line}: ${instruction.keyword} before the first FROM`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/**
 * @param {string} text
 * @returns {{ content: string, line: number }[]}
 */
function joinContinuations(text) {
  /** @type {{ content: string, line: number }[]} */
  const joined = [];
  let open = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const last = joined.at(-1);
    const piece = content.replace(/\\$/, '').trimEnd();
    if (open && last !== undefined) last.content += ` ${piece}`;
    else joined.push({ content: piece, line: index + 1 });
    open = content.endsWith('\\');
  }
  return joined;
}

/**
 * @param {string} rest
 * @returns {{ flags: Record<string, string>, value: string }}
 */
function splitFlags(rest) {
  /** @type {Record<string, string>} */
  const flags = {};
  let value = rest;
  for (let match = takeFlag(value); match !== null; match = takeFlag(value)) {
    flags[match[1] ?? ''] = match[2] ?? '';
    value = value.slice(match[0].length);
  }
  return { flags, value };
}

/** @param {string} value */
const takeFlag = (value) => /^--([\w-]+)(?:=(\S+))?\s+/.exec(value);

/**
 * The words of a CMD, ENTRYPOINT or HEALTHCHECK in exec form.
 * @param {string} value
 * @returns {string[]}
 * @throws {Error} for the shell form, under which PID 1 is a shell that passes no signal on
 */
export function execForm(value) {
  try {
    const words = JSON.parse(value);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // Not JSON: the shell form, refused below.
  }
  throw new Error(`write it as a JSON list, a shell as PID 1 passes no signal on: ${value}`);
}

/**
 * `KEY=value KEY="two words"` of an ENV or ARG instruction.
 * @param {string} value
 * @returns {Record<string, string>}
 */
export function parseAssignments(value) {
  const pairs = [...value.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)];
  return Object.fromEntries(pairs.map(([, key = '', raw = '']) => [key, raw.startsWith('"') ? JSON.parse(raw) : raw]));
}
