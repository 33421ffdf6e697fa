/**
 * Which paths a build context leaves out, by .dockerignore's rules: patterns count from the root, `**` crosses folders, a
 * folder takes its content with it, `!` brings back, the last match decides.
 * @param {string} text the .dockerignore file
 * @returns {(path: string) => boolean} for paths relative to the root, with `/`
 */
export function dockerIgnore(text) {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      ignores: !line.startsWith('!'),
      pattern: toRegExp(line.replace(/^!/, '').replace(/^\/|\/$/g, '')),
    }));
  return (path) => rules.reduce((ignored, { ignores, pattern }) => (pattern.test(path) ? ignores : ignored), false);
}

/**
 * @param {string} glob
 * @returns {RegExp} matches what the pattern names and everything below it
 */
function toRegExp(glob) {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (wildcard) => WILDCARDS[wildcard] ?? wildcard);
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** @type {Record<string, string>} */
const WILDCARDS = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
