import { findRepositoryViolations } from './find-repository-violations.mjs';
import { readRepositoryFiles } from './list-repository-files.mjs';
import { repositoryRoot } from './repository-root.mjs';

const violations = findRepositoryViolations(readRepositoryFiles(repositoryRoot));
for (const { path, line, what } of violations) process.stdout.write(`${path}${line > 0 ? `:${line}` : ''}: ${what}\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
