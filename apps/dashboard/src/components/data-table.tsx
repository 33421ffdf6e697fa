import { ActionIcon, Group, ScrollArea, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconChevronUp, IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type Column<Row> = {
  key: string;
  header: ReactNode;
  /** Spoken name of the column when `header` is no text. */
  label?: string;
  cell(row: Row): ReactNode;
  align?: 'left' | 'right';
  /** Sortable: the server, or the page, orders by `key`. */
  sortable?: boolean;
};

/** `key` ascending or `-key` descending. */
export type Sort = { value: string | undefined; onChange(value: string): void };

type Props<Row> = {
  /** What the table is, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  sort?: Sort;
  /** Below the table: <Pager>. */
  footer?: ReactNode;
};

/** A table that scrolls sideways on a phone, never the page. */
export function DataTable<Row>({ caption, columns, rows, rowKey, sort, footer }: Props<Row>) {
  return (
    <>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': caption }}>
        <Table verticalSpacing="xs" highlightOnHover>
          <caption className="mantine-visually-hidden" style={VISUALLY_HIDDEN}>
            {caption}
          </caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <HeaderCell key={column.key} column={column} sort={sort} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map(({ key, cell, align }) => (
                  <Table.Td key={key} ta={align ?? 'left'}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {footer}
    </>
  );
}

const VISUALLY_HIDDEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;

function HeaderCell<Row>({ column, sort }: { column: Column<Row>; sort: Sort | undefined }) {
  const { t } = useTranslation();
  const { key, header, label, align, sortable } = column;
  if (!sortable || sort === undefined) return <Table.Th ta={align ?? 'left'}>{header}</Table.Th>;
  const direction = sort.value === key ? 'ascending' : sort.value === `-${key}` ? 'descending' : 'none';
  const Icon = direction === 'ascending' ? IconChevronUp : direction === 'descending' ? IconChevronDown : IconSelector;
  const name = label ?? (typeof header === 'string' ? header : key);
  return (
    <Table.Th ta={align ?? 'left'} aria-sort={direction}>
      <UnstyledButton
        fw={700}
        fz="sm"
        onClick={() => sort.onChange(direction === 'descending' ? key : `-${key}`)}
        aria-label={t('table.sortBy', { column: name })}
      >
        <Group gap={4} wrap="nowrap" justify={align === 'right' ? 'flex-end' : 'flex-start'}>
          {header}
          <Icon size={14} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}

type PagerProps = { page: number; hasNext: boolean; onPage(page: number): void; total?: number };

/** Next and previous page of what the server pages. */
export function Pager({ page, hasNext, onPage, total }: PagerProps) {
  const { t } = useTranslation();
  if (page === 1 && !hasNext && total === undefined) return null;
  return (
    <Group justify="flex-end" gap="xs" mt="xs">
      {total !== undefined && (
        <Text size="sm" c="dimmed" mr="auto">
          {t('table.rows', { count: total })}
        </Text>
      )}
      <ActionIcon
        variant="default"
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
        aria-label={t('table.previous')}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Text size="sm">{t('table.page', { page })}</Text>
      <ActionIcon variant="default" disabled={!hasNext} onClick={() => onPage(page + 1)} aria-label={t('table.next')}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </Group>
  );
}

/** Orders rows by `sort` (`key` or `-key`) with `cellValue`; what has no value comes last. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: string | undefined,
  cellValue: (row: Row, key: string) => string | number | undefined,
): Row[] {
  if (sort === undefined || sort === '') return [...rows];
  const down = sort.startsWith('-');
  const key = down ? sort.slice(1) : sort;
  const order = (a: string | number | undefined, b: string | number | undefined): number => {
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    const compared = typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b;
    return down ? -compared : compared;
  };
  return rows.toSorted((a, b) => order(cellValue(a, key), cellValue(b, key)));
}
