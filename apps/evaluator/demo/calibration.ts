import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDemo } from './calibration/run-demo.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } } });
  const shared = process.env.POINTSMAN_SHARED_DIR ?? join(import.meta.dirname, '../../../../shared');
  const folder = join(shared, 'data/judge');
  if (!existsSync(folder)) {
    say(
      `This demo needs the judge data in ${join('..', 'shared', 'data', 'judge')}; it is not there. Set POINTSMAN_SHARED_DIR to the folder that holds data/judge.`,
    );
    process.exitCode = process.env.POINTSMAN_REQUIRE_ALL === '1' ? 1 : 0;
    return;
  }
  const startedMs = Date.now();
  const found = runDemo({ folder, isQuick: values.quick, say });
  if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(found, null, 2)}\n`);
  say(
    `\n${((Date.now() - startedMs) / 1000).toFixed(0)} s${values.out === undefined ? '' : `; figures in ${values.out}`}`,
  );
}

await main();
