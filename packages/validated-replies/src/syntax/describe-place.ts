const BEFORE = 30;
const AFTER = 20;

/** `line 2, column 7, near …"a": 1,⟪}⟫…`: where an index of a text is, with the character there marked. */
export function describePlace(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  const before = text.slice(Math.max(0, at - BEFORE), at);
  const here = at >= text.length ? '' : String.fromCodePoint(text.codePointAt(at) ?? 0);
  const rest = at + here.length;
  const near = [
    at > BEFORE ? '…' : '',
    before,
    `⟪${here === '' ? 'end of the reply' : here}⟫`,
    text.slice(rest, rest + AFTER),
    rest + AFTER < text.length ? '…' : '',
  ].join('');
  // An excerpt may begin or end within a character, which providers refuse.
  const line = near.replace(/\s+/g, ' ').toWellFormed();
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}, near ${line}`;
}
