import type { Scene } from './scene.ts';

export type Table = { head: readonly string[]; rows: readonly (readonly string[])[] };

const TABLE_SHAPES = ['markdown', 'csv', 'semicolons', 'list'] as const;

/** A table as text, in one of several shapes; cells hold neither separators nor line breaks. */
export function tableText(scene: Scene, { head, rows }: Table): string {
  switch (scene.pick(TABLE_SHAPES)) {
    case 'markdown':
      return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
    case 'csv':
      return fenced([head, ...rows].map((row) => row.map(quoted).join(',')));
    case 'semicolons':
      return fenced([head, ...rows].map((row) => row.join(';')));
    case 'list':
      return rows
        .map(
          (row) =>
            `- ${row.map((cell, index) => `${head[index]}${scene.language === 'fr' ? ' : ' : ': '}${cell}`).join('; ')}`,
        )
        .join('\n');
  }
}

const fenced = (lines: readonly string[]): string => ['```', ...lines, '```'].join('\n');
const quoted = (cell: string): string => (cell.includes(',') ? `"${cell}"` : cell);
