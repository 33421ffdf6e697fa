export type Column<Row> = {
  title: string;
  /** Undefined and the empty text are shown as a dash. */
  value(row: Row): string | number | undefined;
  align?: 'left' | 'right';
};

/** Rows as aligned plain text, or the sentence when there is none. */
export function printTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], whenEmpty: string): string {
  if (rows.length === 0) return whenEmpty;
  const cells = rows.map((row) => columns.map((column) => cellOf(column.value(row))));
  const table = [columns.map(({ title }) => title), ...cells];
  const widths = columns.map((_, index) => Math.max(...table.map((line) => line[index]?.length ?? 0)));
  return table.map((line) => printLine(line, columns, widths)).join('\n');
}

const cellOf = (value: string | number | undefined): string =>
  value === undefined || value === '' ? '-' : String(value);

function printLine<Row>(line: readonly string[], columns: readonly Column<Row>[], widths: readonly number[]): string {
  const cells = line.map((cell, index) => {
    const width = widths[index] ?? 0;
    return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
  });
  return cells.join('  ').trimEnd();
}
