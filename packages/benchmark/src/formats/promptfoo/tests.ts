import { csvRecords } from '../csv-records.ts';
import { isJsonObject, type JsonObject, jsonLines } from '../json-lines.ts';
import type { ReadOptions } from '../read-options.ts';
import { badRow, type GoodRow, type Row } from '../row.ts';
import { ConfigProblem, extensionOf, openText, parseYaml, referredFile } from './open-file.ts';

/** The tests of a configuration, each merged with `defaultTest`, those in files too. */
export async function* loadTests(config: JsonObject, options: ReadOptions): AsyncIterable<Row<JsonObject>> {
  const { file } = options;
  if (config.scenarios !== undefined)
    yield badRow(`${file}: scenarios`, 'scenarios are not supported: write each out as a test');
  const entries: unknown[] = Array.isArray(config.tests) ? config.tests : [config.tests ?? {}];
  for (const [index, entry] of entries.entries()) {
    const place = Array.isArray(config.tests) ? `${file}: tests[${index}]` : `${file}: tests`;
    try {
      for await (const row of testsOf(entry, place, options))
        yield row.ok ? { ...row, value: withDefaults(row.value, config.defaultTest) } : row;
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      yield badRow(place, error.message);
    }
  }
}

async function* testsOf(entry: unknown, place: string, options: ReadOptions): AsyncIterable<Row<JsonObject>> {
  if (typeof entry === 'string') yield* testsOfFile(referredFile(entry) ?? entry, options);
  else if (!isJsonObject(entry)) yield badRow(place, 'is no test: a test is an object with vars and assert');
  else if (typeof entry.path === 'string')
    throw new ConfigProblem(`tests that a program makes (${entry.path}) are not supported`);
  else yield { ok: true, value: entry, place, warnings: [] };
}

async function* testsOfFile(path: string, options: ReadOptions): AsyncIterable<Row<JsonObject>> {
  const extension = extensionOf(path);
  if (!['csv', 'json', 'jsonl', 'yaml', 'yml'].includes(extension) || path.includes('*') || path.includes('://'))
    throw new ConfigProblem(`tests from ${path} are not supported: only from single CSV, JSON, JSONL and YAML files`);
  const text = await openText(path, options);
  if (extension === 'csv') for (const row of csvRecords(text, path)) yield row.ok ? testOfRecord(row) : row;
  else if (extension === 'jsonl') yield* jsonLines(text, path);
  else {
    const parsed = parseYaml(text, path);
    const items: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    for (const [index, item] of items.entries()) yield* testsOf(item, `${path}: [${index}]`, options);
  }
}

/** A line of a CSV file: columns are variables, those that begin with two underscores are promptfoo's own. */
function testOfRecord({ value, place }: GoodRow<JsonObject>): Row<JsonObject> {
  const own = Object.entries(value).filter(([name, cell]) => name.startsWith('__') && cell !== '');
  const vars = Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith('__')));
  const find = (pattern: RegExp) =>
    own.flatMap(([name, cell]) => {
      const [, key] = pattern.exec(name) ?? [];
      return key === undefined ? [] : [[key, cell] as const];
    });
  const known = /^__(?:expected\d*|prefix|suffix|description|metadata:.+)$/;
  const unknown = own.map(([name]) => name).filter((name) => !known.test(name));
  const assert = find(/^__expected(\d*)$/).map(([, cell]) => compactAssertion(String(cell)));
  const test = {
    vars,
    assert,
    options: Object.fromEntries(find(/^__(prefix|suffix)$/)),
    metadata: Object.fromEntries(find(/^__metadata:(.+)$/)),
  };
  const warnings = unknown.length === 0 ? [] : [`columns left out: ${unknown.join(', ')}`];
  return { ok: true, value: test, place, warnings };
}

/** `contains: Paris`, `similar(0.8): ...`; anything else is the text itself. */
function compactAssertion(cell: string): JsonObject {
  const [, type, value] = /^((?:not-)?[a-z][a-z-]*)(?:\([\d.]+\))?:\s*(.*)$/s.exec(cell) ?? [];
  if (type !== undefined) return { type, value };
  return /^(?:not-)?(?:is|contains)-[a-z-]+$/.test(cell) ? { type: cell } : { type: 'equals', value: cell };
}

function withDefaults(test: JsonObject, defaults: unknown): JsonObject {
  if (!isJsonObject(defaults)) return test;
  const both = (name: string) => ({ ...objectOf(defaults[name]), ...objectOf(test[name]) });
  const disabled = objectOf(test.options).disableDefaultAsserts === true;
  return {
    ...defaults,
    ...test,
    vars: both('vars'),
    options: both('options'),
    metadata: both('metadata'),
    assert: [...(disabled ? [] : listOf(defaults.assert)), ...listOf(test.assert)],
  };
}

const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
