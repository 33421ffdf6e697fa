import type { PlaygroundPreview } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { IDLE, isBusy, nextState, type RunState, type RunStep } from './run-state.ts';

const after = (...steps: RunStep[]): RunState => steps.reduce(nextState, IDLE);
const preview = { policy: 'default' } as PlaygroundPreview;

describe('a run', () => {
  test('gathers its text, and forgets the last one when a new one begins', () => {
    const done = after(
      { kind: 'asked', what: 'running' },
      { kind: 'previewed', preview, isAll: false },
      { kind: 'text', text: 'Good ' },
      { kind: 'text', text: 'day' },
      { kind: 'over' },
    );
    expect(done).toMatchObject({ status: 'done', text: 'Good day', preview });
    expect(nextState(done, { kind: 'asked', what: 'previewing' })).toEqual({ ...IDLE, status: 'previewing' });
  });

  test('keeps what came before it was stopped or broke off', () => {
    const running: RunStep[] = [
      { kind: 'asked', what: 'running' },
      { kind: 'text', text: 'Half' },
    ];
    expect(after(...running, { kind: 'stopped' })).toMatchObject({ status: 'stopped', text: 'Half' });
    expect(after(...running, { kind: 'broken', message: 'gone' })).toMatchObject({ text: 'Half', broken: 'gone' });
  });

  test('is busy until it is over', () => {
    expect(isBusy(after({ kind: 'asked', what: 'previewing' }))).toBe(true);
    expect(isBusy(after({ kind: 'asked', what: 'previewing' }, { kind: 'previewed', preview, isAll: true }))).toBe(
      false,
    );
    expect(isBusy(after({ kind: 'asked', what: 'running' }, { kind: 'previewed', preview, isAll: false }))).toBe(true);
  });
});
