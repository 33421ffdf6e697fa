/** A text of at most `limit` characters and the mark: beginning and end, `mark(left out)` between them. No character is split. */
export function cutMiddle(text: string, limit: number, mark: (leftOut: number) => string): string {
  if (text.length <= limit) return text;
  const head = wholeEnd(text, Math.ceil(limit / 2));
  const tail = wholeStart(text, text.length - Math.floor(limit / 2));
  return `${text.slice(0, head)}${mark(tail - head)}${text.slice(tail)}`;
}

const isLowSurrogate = (text: string, at: number) => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
};

/** Before a pair of surrogates rather than within it. */
const wholeEnd = (text: string, at: number) => (isLowSurrogate(text, at) ? at - 1 : at);
const wholeStart = (text: string, at: number) => (isLowSurrogate(text, at) ? at + 1 : at);
