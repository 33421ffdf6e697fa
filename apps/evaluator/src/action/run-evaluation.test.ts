import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { type StandInStep, writeStandIn } from '../../test/stand-in-pointsman.ts';
import { CouldNotRun } from './could-not-run.ts';
import { createRunEvaluation, type EvaluationRequest } from './run-evaluation.ts';

const passing = { ...sampleReport({ cases: 28 }), verdict: 'pass' as const };
const worse = { ...passing, verdict: 'regression' as const };

let folder: string;
let log: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pointsman-run-'));
  log = '';
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string) => {
  log += text;
};

async function run(step: StandInStep, options: Partial<EvaluationRequest> = {}, signal = new AbortController().signal) {
  const standIn = await writeStandIn(folder, [step]);
  const evaluate = createRunEvaluation({
    command: [standIn.command],
    cwd: folder,
    env: { PATH: process.env.PATH },
    signal,
    write,
  });
  const request = { benchmark: 'starter', models: 'a/b', labels: {}, outDir: join(folder, 'out'), ...options };
  const reports = await evaluate(request as EvaluationRequest);
  return { reports, calls: await standIn.calls() };
}

describe('running the command', () => {
  it('resolves to its report, for a regression too', async () => {
    expect((await run({ code: 0, reports: [passing] })).reports).toEqual([passing]);
    expect((await run({ code: 1, reports: [worse] })).reports).toEqual([worse]);
  });

  it('hands a value over as one, whatever it looks like', async () => {
    const { calls } = await run({ code: 0, reports: [passing] }, { judge: '--out=/etc', labels: { branch: '-x=y' } });
    expect(calls[0]).toEqual(expect.arrayContaining(['--judge=--out=/etc', '--label=branch=-x=y']));
  });

  it('shows its output, in which nothing is a command to the runner', async () => {
    await run({ code: 0, reports: [passing], stdout: '::set-output name=verdict::pass', stderr: '12 %\r' });
    expect(log).toMatch(/^::stop-commands::([0-9a-f-]{36})\n[\s\S]*::set-output[\s\S]*\n::\1::\n$/);
    expect(log).toContain('12 %');
  });

  it.each([
    ['ends with 2', { code: 2, stderr: 'Run run_1.\nerror: could not run: no key of openai\n' }, 'no key of openai'],
    ['crashes with the code of a regression', { code: 1, stderr: 'TypeError: x is not a function' }, 'TypeError: x'],
    ['passes but reports a regression', { code: 0, reports: [worse] }, 'which its report does not say'],
    ['fails but reports a pass', { code: 1, reports: [passing] }, 'which its report does not say'],
    ['says nothing', { code: 7 }, 'it ended with 7 and said nothing'],
    ['leaves an empty report', { code: 0, reports: [] }, 'is not what it should be'],
    ['leaves half a report', { code: 0, reports: [{ format: 1 } as never] }, 'is not what it should be'],
  ])('could not run when it %s', async (_what, step: StandInStep, message) => {
    await expect(run(step)).rejects.toThrow(message);
    await expect(run(step)).rejects.toBeInstanceOf(CouldNotRun);
  });

  it('never takes the report of an earlier run for its own', async () => {
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out', 'report.json'), JSON.stringify([passing]));
    await expect(run({ code: 0 })).rejects.toThrow('the evaluation left no report');
  });

  it('is stopped with the job', async () => {
    const stop = new AbortController();
    const running = run({ code: 0, stderr: 'started', hang: true }, {}, stop.signal);
    const stopped = expect(running).rejects.toThrow('the job was stopped');
    await expect.poll(() => log).toContain('started');
    stop.abort();
    await stopped;
  });

  it('says when there is no such command', async () => {
    const options = {
      command: ['/no/such/pointsman'] as const,
      cwd: folder,
      env: {},
      signal: new AbortController().signal,
      write,
    };
    const request = { benchmark: 'b', models: 'm', labels: {}, outDir: join(folder, 'out') };
    await expect(createRunEvaluation(options)(request as EvaluationRequest)).rejects.toThrow(
      '/no/such/pointsman cannot be started',
    );
  });
});
