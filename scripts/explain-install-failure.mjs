/** @type {{ sign: RegExp, advice: string }[]} */
const KNOWN_FAILURES = [
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|error sending request|dns error|NO_OFFLINE/i,
    advice:
      'The package registry cannot be reached. Check the connection; behind a proxy set HTTPS_PROXY, with a mirror run "npm config set registry <address>".',
  },
  {
    sign: /OUTDATED_LOCKFILE|frozen-lockfile/i,
    advice:
      'A package.json and pnpm-lock.yaml disagree. Bring the lockfile up to date with "npx pnpm install" and commit it.',
  },
  { sign: /ENOSPC|no space left/i, advice: 'The disk is full: about 1.5 GB are needed.' },
  {
    sign: /EACCES|EPERM|permission denied/i,
    advice:
      'A folder cannot be written. Was an earlier start made as another user? Then give node_modules to this one.',
  },
  {
    sign: /npx could not be run/i,
    advice: 'npm (which brings npx) is missing: install Node 24 together with its npm.',
  },
];

/**
 * @param {string} output what the installer printed
 * @returns {boolean} whether the failure is one of reaching the registry, rather than of what it answered
 */
export function isNetworkFailure(output) {
  return KNOWN_FAILURES[0]?.sign.test(output) ?? false;
}

/**
 * The installer's whole output with advice under it.
 * @param {string} output
 * @returns {string}
 */
export function explainInstallFailure(output) {
  const known = KNOWN_FAILURES.find(({ sign }) => sign.test(output));
  const advice =
    known?.advice ?? 'Run the same command again; if it fails again, delete node_modules and try once more.';
  return `${output.trimEnd()}\n\nInstalling the dependencies failed. ${advice}`;
}
