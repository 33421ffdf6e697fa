/** A part of a text that stands or goes as a whole. */
export type Section = { title: string; text: string };

export type FitOptions = {
  /** The most bytes in UTF-8: never fewer than characters, so that either kind of limit holds. */
  limit?: number | undefined;
  /** Where the whole can be read, as Markdown. */
  whole?: string | undefined;
};

/**
 * The sections that fit, in order; the rest is named with where to find it. What comes first should matter most: if not
 * even that fits, it is cut.
 */
export function fitSections(sections: readonly Section[], { limit, whole }: FitOptions): string {
  const all = sections.map(({ text }) => text).join(SEPARATOR);
  if (limit === undefined || bytesOf(all) <= limit) return all;
  // The longest notice there can be is set aside beforehand: what fits must still fit with it.
  const room = limit - bytesOf(SEPARATOR) - bytesOf(noticeOf(sections, whole));
  const kept: Section[] = [];
  let size = 0;
  for (const section of sections) {
    const added = bytesOf(section.text) + (kept.length === 0 ? 0 : bytesOf(SEPARATOR));
    if (size + added > room) continue;
    kept.push(section);
    size += added;
  }
  const left = sections.filter((section) => !kept.includes(section));
  const first = sections[0];
  if (kept[0] === first || first === undefined)
    return [...kept.map(({ text }) => text), noticeOf(left, whole)].join(SEPARATOR);
  return [cutToBytes(first.text, Math.max(0, room)), noticeOf(sections, whole)].join(SEPARATOR);
}

/** The longest beginning of a text within so many bytes that breaks no character. */
export function cutToBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  let end = limit;
  // Continuation bytes are 10xxxxxx: a cut before one would break its character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}

const SEPARATOR = '\n\n';

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

function noticeOf(left: readonly Section[], whole: string | undefined): string {
  const titles = [...Map.groupBy(left, ({ title }) => title)].map(([title, members]) =>
    members.length === 1 ? title : `${members.length} × ${title}`,
  );
  return `> **Cut to the size that is allowed here.** Left out: ${titles.join(', ')}. ${whole === undefined ? 'The HTML report has everything.' : `The whole report: ${whole}.`}`;
}
