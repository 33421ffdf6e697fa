import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

export type Recordset = {
  /** The table's columns, as an SQL list. */
  columns: string;
  /** The same columns as read from `json_to_recordset($1::json)`, under the alias `r`. */
  source: string;
  /** Column name of each property. */
  columnOf: ReadonlyMap<string, string>;
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * SQL that reads an array of a table's rows from one JSON parameter: one round trip and one plan for any number of
 * rows. Keys are the schema's property names, so what is written cannot fall out of step with what is declared.
 */
export function recordset(table: PgTable, only?: readonly string[]): Recordset {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => only === undefined || only.includes(key));
  const definitions = columns.map(([key, column]) => `${quoted(key)} ${column.getSQLType()}`);
  return {
    columns: columns.map(([, column]) => quoted(column.name)).join(', '),
    source: `(select ${columns.map(([key, column]) => `${quoted(key)} as ${quoted(column.name)}`).join(', ')}
      from json_to_recordset($1::json) as x(${definitions.join(', ')})) r`,
    columnOf: new Map(columns.map(([key, column]) => [key, column.name])),
  };
}

const UNSTORABLE = /\\u0000|\\ud[89a-f]/i;

/** JSON that PostgreSQL accepts: NUL and lone surrogates, which its text type cannot hold, become U+FFFD. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!UNSTORABLE.test(json)) return json;
  const clean = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');
  return JSON.stringify(value, (_key, field: unknown) => {
    if (typeof field === 'string') return clean(field);
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).map(([key, inner]) => [clean(key), inner]));
  });
}
