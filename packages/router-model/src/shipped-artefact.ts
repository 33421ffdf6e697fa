import { fileURLToPath } from 'node:url';

/** The folder of the artefact that ships with this package, wherever it runs from. */
export function shippedArtefactDir(): string {
  // From source this file is src/*.ts, built it is dist/src/*.js: one folder deeper.
  const up = import.meta.url.endsWith('.ts') ? '../artefact' : '../../artefact';
  return fileURLToPath(new URL(up, import.meta.url));
}
