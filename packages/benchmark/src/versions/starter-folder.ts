import { fileURLToPath } from 'node:url';

/** The folder of the cases that ship with this package, wherever it runs from. */
export function starterFolder(): string {
  // From source this file is src/versions/*.ts, built it is dist/src/versions/*.js: one folder deeper.
  const up = import.meta.url.endsWith('.ts') ? '../../starter' : '../../../starter';
  return fileURLToPath(new URL(up, import.meta.url));
}
