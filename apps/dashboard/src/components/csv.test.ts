import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('CSV', () => {
  it('quotes what needs it and leaves the rest', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x,y', 'say "no"'],
          [1.5, undefined],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""no"""\r\n1.5,\r\n');
  });
  it('defuses what a spreadsheet would run, and no negative number', () => {
    expect(toCsv(['a'], [['=1+1'], ['@x'], [-2]])).toBe("a\r\n'=1+1\r\n'@x\r\n-2\r\n");
  });
});
