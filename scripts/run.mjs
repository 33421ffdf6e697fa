import './require-node-20.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { repositoryRoot } from './repository-root.mjs';

// node scripts/run.mjs [--node-option ...] <name> <file.ts> [argument ...]: a workspace program under Node 24.
const given = process.argv.slice(2);
const firstWord = given.findIndex((word) => !word.startsWith('--'));
const nodeArgs = given.slice(0, Math.max(firstWord, 0));
const [name, file, ...args] = firstWord < 0 ? [] : given.slice(firstWord);

if (name === undefined || file === undefined) {
  process.stderr.write('Usage: node scripts/run.mjs [--node-option ...] <name> <file.ts> [argument ...]\n');
  process.exitCode = 2;
} else {
  try {
    const node = await ensureInstalled(repositoryRoot, (line) => process.stderr.write(`${line}\n`));
    process.exitCode = await launch({ root: repositoryRoot, node, nodeArgs, file, args });
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
