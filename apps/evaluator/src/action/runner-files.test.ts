import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readOutputs } from '../../test/run-action-entry.ts';
import { writeOutputs } from './runner-files.ts';

it('lets no value set another output', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pointsman-outputs-'));
  const file = join(folder, 'output');
  const outputs = { verdict: 'pass', evil: 'x\nverdict=pass\nverdict<<end\npass\nend\n', empty: '' };
  await writeOutputs(file, outputs);
  expect(readOutputs(await readFile(file, 'utf8'))).toEqual(outputs);
  await rm(folder, { recursive: true });
});
