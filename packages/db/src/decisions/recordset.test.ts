import { describe, expect, it } from 'vitest';
import { storableJson } from './recordset.ts';

describe('JSON for PostgreSQL', () => {
  it('has no NUL, in values or in keys', () => {
    expect(JSON.parse(storableJson([{ 'a\u0000b': 'c\u0000' }]))).toEqual([{ 'a\ufffdb': 'c\ufffd' }]);
  });

  it('has no half of a surrogate pair', () => {
    expect(JSON.parse(storableJson(['\ud83d', '🙂', '\ude42x']))).toEqual(['\ufffd', '🙂', '\ufffdx']);
  });

  it('keeps a backslash that only looks like an escape', () => {
    expect(JSON.parse(storableJson(['\\u0000']))).toEqual(['\\u0000']);
  });

  it('keeps dates as instants while it cleans', () => {
    const at = new Date(0);
    expect(JSON.parse(storableJson([{ at, text: '\u0000' }]))).toEqual([{ at: at.toISOString(), text: '\ufffd' }]);
  });
});
