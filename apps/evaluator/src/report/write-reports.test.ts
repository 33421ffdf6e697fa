import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluationReportSchema } from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { writeFailure, writeReports } from './write-reports.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pointsman-reports-'));
});
afterAll(() => rm(folder, { recursive: true }));

const report = sampleReport({ cases: 28 });

describe('writing reports', () => {
  it('writes four files into a folder that need not exist, over older ones, and leaves nothing else', async () => {
    const dir = join(folder, 'a', 'b');
    await writeReports([], dir);
    const paths = await writeReports([report], dir);
    expect(paths).toEqual(['report.html', 'report.md', 'report.json', 'junit.xml'].map((name) => join(dir, name)));
    expect((await readdir(dir)).toSorted()).toEqual(['junit.xml', 'report.html', 'report.json', 'report.md']);
    const read: unknown = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8'));
    expect(evaluationReportSchema.array().parse(read)).toEqual([report]);
  });

  it('says which path could not be written, and that nothing is lost', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(writeReports([report], join(file, 'out'))).rejects.toThrow(
      `${join(file, 'out')} could not be written: a part of the path is a file, not a folder (ENOTDIR). Name another folder. Nothing is lost: pointsman eval report ${report.runId} --out DIR writes the reports again.`,
    );
  });

  it.each([
    ['ENOSPC', 'the disk is full (ENOSPC). Free some space, or name a folder on another disk.'],
    ['EACCES', 'permission denied (EACCES). Allow writing there, or name another folder.'],
  ])('says what to do about %s', (code, message) => {
    const error = Object.assign(new Error(`${code}: write`), { code });
    expect(writeFailure('/reports/report.html', error)).toBe(`/reports/report.html could not be written: ${message}`);
  });
});
