export type Cell = string | number | boolean | undefined | null;

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
const defused = (text: string) => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);

const quoted = (cell: Cell): string => {
  const text = defused(cell === undefined || cell === null ? '' : String(cell));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, with a header line. */
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows]
    .map((cells) => cells.map(quoted).join(','))
    .join('\r\n')
    .concat('\r\n');

/** Hands a file to the reader. The mark in front tells Excel that it is UTF-8. */
export function download(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(
    new Blob([type === 'text/csv' ? `\ufeff${text}` : text], { type: `${type};charset=utf-8` }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
