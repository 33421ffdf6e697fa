/**
 * The `data` of an event as text, its lines joined by `\n` as the standard says; empty when the event has none (a
 * comment, a bare `event:` or `retry:`). Arguments as an `EventSink` gets them.
 */
export function eventData(bytes: Buffer, text: string, start: number, end: number): string {
  let data: string | undefined;
  let lineStart = start;
  while (lineStart < end) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 || newline >= end ? end : newline;
    if (text.startsWith('data:', lineStart)) {
      const from = lineStart + (text[lineStart + 5] === ' ' ? 6 : 5);
      const to = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
      const line = bytes.toString('utf8', Math.min(from, to), to);
      data = data === undefined ? line : `${data}\n${line}`;
    }
    lineStart = lineEnd + 1;
  }
  return data ?? '';
}
