import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData } from './event-data.ts';
import { SseSplitter } from './sse-splitter.ts';

function split(pieces: readonly Buffer[]): { data: string[]; raw: string } {
  const data: string[] = [];
  let raw = '';
  const splitter = new SseSplitter((bytes, text, start, end) => {
    data.push(eventData(bytes, text, start, end));
    raw += bytes.toString('utf8', start, end);
  });
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return { data, raw };
}

const line = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ''));
const eventLines = fc.array(line, { minLength: 1, maxLength: 3 });
const streams = fc.record({
  events: fc.array(eventLines, { maxLength: 6 }),
  newline: fc.constantFrom('\n', '\r\n'),
  cuts: fc.array(fc.nat(2000), { maxLength: 12 }),
});

function encode(events: readonly string[][], newline: string): Buffer {
  const text = events.map((lines) => lines.map((data) => `data: ${data}${newline}`).join('') + newline).join('');
  return Buffer.from(text);
}

function cutInto(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

describe('splitting server-sent events', () => {
  it('finds the same events however the bytes are cut, in any script and with either line end', () => {
    fc.assert(
      fc.property(streams, ({ events, newline, cuts }) => {
        const bytes = encode(events, newline);
        const { data, raw } = split(cutInto(bytes, cuts));
        expect(data).toEqual(events.map((lines) => Buffer.from(lines.join('\n')).toString()));
        expect(raw).toBe(bytes.toString());
      }),
    );
  });

  it('reads an event whose final blank line never came', () => {
    expect(split([Buffer.from('data: a\n\ndata: b')]).data).toEqual(['a', 'b']);
    expect(split([Buffer.from('data: a\n')]).data).toEqual(['a']);
  });

  it('reads no data from comments and from events without any', () => {
    expect(split([Buffer.from(': ping\n\nevent: ping\n\nretry: 3\n\ndata:x\n\n')]).data).toEqual(['', '', '', 'x']);
  });

  it('gives events that lie in one chunk in place, without copying', () => {
    const chunk = Buffer.from('data: a\n\ndata: b\n\n');
    const seen: Buffer[] = [];
    new SseSplitter((bytes) => seen.push(bytes)).push(chunk);
    expect(seen).toEqual([chunk, chunk]);
    expect(seen.every((bytes) => bytes === chunk)).toBe(true);
  });

  it('refuses an event that grows without end', () => {
    const splitter = new SseSplitter(() => undefined);
    const mebibyte = Buffer.alloc(1024 * 1024, 'a');
    expect(() => {
      for (let i = 0; i < 64; i++) splitter.push(mebibyte);
    }).toThrow(RangeError);
  });
});
