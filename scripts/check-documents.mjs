import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDocumentFaults } from './find-document-faults.mjs';
import { readRepositoryFiles } from './list-repository-files.mjs';
import { repositoryRoot } from './repository-root.mjs';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
const faults = findDocumentFaults(
  readRepositoryFiles(repositoryRoot).filter(({ path }) => path.endsWith('.md')),
  { exists: (path) => existsSync(join(repositoryRoot, path)), scripts: new Set(Object.keys(scripts)) },
);
for (const { path, line, what } of faults) process.stdout.write(`${path}${line > 0 ? `:${line}` : ''}: ${what}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
