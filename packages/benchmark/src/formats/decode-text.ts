import type { Content } from './read-options.ts';

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so; without the mark.
 * @throws {TypeError} when it is neither: nothing is guessed, and no character replaced.
 */
export function decodeText(content: Content): string {
  if (typeof content === 'string') return content.replace(/^\uFEFF/, '');
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(content);
}
