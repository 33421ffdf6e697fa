import { describe, expect, it } from 'vitest';
import { formatOf, NO_BATCH, sourceOf } from './new-batch.ts';

describe('a new batch', () => {
  it('has no source until its form says which', () => {
    expect(sourceOf(NO_BATCH)).toBeUndefined();
    expect(sourceOf({ ...NO_BATCH, runId: 'run_1' })).toEqual({ kind: 'run', runId: 'run_1' });
    expect(sourceOf({ ...NO_BATCH, kind: 'file' })).toBeUndefined();
    expect(sourceOf({ ...NO_BATCH, kind: 'file', content: 'x' })).toEqual({
      kind: 'file',
      format: 'csv',
      content: 'x',
    });
  });

  it('of samples may be of every client', () => {
    expect(sourceOf({ ...NO_BATCH, kind: 'samples' })).toEqual({ kind: 'samples', clientId: undefined });
  });

  it('knows a format by the name of the file, where that tells', () => {
    expect([formatOf('a.csv'), formatOf('a.jsonl'), formatOf('a.json')]).toEqual(['csv', 'jsonl', undefined]);
  });
});
