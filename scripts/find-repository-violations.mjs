/** @typedef {{ path: string, line: number, what: string }} Violation `line` is 1-based, 0 for the whole file */

/**
 * Home folders `app`, `node` and `user` are nobody's: containers and examples use them.
 * @type {{ what: string, pattern: RegExp }[]}
 */
const FORBIDDEN_TEXT = [
  {
    what: 'a path of one machine',
    pattern: /(?<![\w.:/-])\/(?:work|home\/(?!(?:app|node|user)\/)[a-z][\w-]*|Users\/[A-Za-z][\w-]*|root)\/[\w.-]/,
  },
  { what: 'a path of one machine', pattern: /\b[A-Z]:\\Users\\/ },
  { what: 'the address of a package registry', pattern: /registry\.(?:npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github\./ },
  { what: 'a merge conflict', pattern: /^(?:<{7}|>{7}) \S/ },
];

/** Shapes of credentials that stand for themselves, by their issuers' published prefixes. */
const SECRETS = [
  /\bsk-(?:ant-|proj-|or-)?[\w-]{24,}/,
  /\bpm_[\w-]{43}\b/,
  /\bgsk_\w{40,}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_\w{36}\b/,
  /\bgithub_pat_\w{40,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bglpat-[\w-]{20}/,
  /\bxox[abprs]-[\w-]{12,}/,
  /\bAIza[\w-]{35}\b/,
  /\bhf_[A-Za-z0-9]{34}\b/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  /\b[a-z]+:\/\/[^\s:/@'"`{}$<]+:[^\s@'"`{}$<*]{8,}@(?!localhost|127\.0\.0\.1)/,
];

/** Words by which tests and documents mark a credential as made up. */
const MADE_UP = /test|example|fake|dummy|placeholder|emulat|secret|password|xxxx|0000|1234/i;

/**
 * What must never be committed: registry addresses, machine paths, credentials, a second lockfile, npm settings.
 * @param {readonly import('./list-repository-files.mjs').RepositoryFile[]} files
 * @returns {Violation[]}
 */
export function findRepositoryViolations(files) {
  return files.flatMap((file) => [...checkName(file.path), ...checkText(file), ...checkLockfile(file)]);
}

/**
 * @param {string} path
 * @returns {Violation[]}
 */
function checkName(path) {
  const name = path.split('/').at(-1) ?? '';
  if (name === '.npmrc') return [{ path, line: 0, what: 'npm settings belong to a machine, not to the repository' }];
  if (/^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|bun\.lockb?)$/.test(name)) {
    return [{ path, line: 0, what: 'a second lockfile: pnpm-lock.yaml is the only one' }];
  }
  if (/^\.env(?:\..*)?$/.test(name) && name !== '.env.example') {
    return [{ path, line: 0, what: 'an environment file: only .env.example is committed' }];
  }
  return [];
}

/**
 * @param {import('./list-repository-files.mjs').RepositoryFile} file
 * @returns {Violation[]}
 */
function checkText({ path, text }) {
  return text.split('\n').flatMap((content, index) => {
    const found = FORBIDDEN_TEXT.filter(({ pattern }) => pattern.test(content)).map(({ what }) => what);
    if (holdsSecret(content)) found.push('what looks like a credential');
    return found.map((what) => ({ path, line: index + 1, what }));
  });
}

/** @param {string} content */
function holdsSecret(content) {
  return SECRETS.some((pattern) => {
    const match = pattern.exec(content)?.[0];
    return match !== undefined && !MADE_UP.test(match);
  });
}

/**
 * @param {import('./list-repository-files.mjs').RepositoryFile} file
 * @returns {Violation[]}
 */
function checkLockfile({ path, text }) {
  if (path !== 'pnpm-lock.yaml') return [];
  return text
    .split('\n')
    .flatMap((content, index) =>
      /\bhttps?:|tarball:/.test(content) ? [{ path, line: index + 1, what: 'an address in the lockfile' }] : [],
    );
}
