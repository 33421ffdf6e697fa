import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = join(import.meta.dirname, '..');

type Tree = { [key: string]: string | Tree };

/** `a.b.c` of every text; the forms of a plural count as one, because French has one more. */
function keysOf(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${path}${key.replace(/_(zero|one|two|few|many|other)$/, '_plural')}`]
      : keysOf(value, `${path}${key}.`),
  );
}

const read = (folder: string, language: string): Tree =>
  JSON.parse(readFileSync(join(source, folder, `${language}.json`), 'utf8'));

const folders = ['messages', ...globSync('features/*/messages', { cwd: source })].sort();

describe.each(folders)('the words of %s', (folder) => {
  const [english, french] = [read(folder, 'en'), read(folder, 'fr')];
  test('are there in English and in French', () => {
    expect([...new Set(keysOf(french))].sort()).toEqual([...new Set(keysOf(english))].sort());
  });
  test('name the same values in both', () => {
    const values = (tree: Tree) => [...JSON.stringify(tree).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    expect([...new Set(values(french))].sort()).toEqual([...new Set(values(english))].sort());
  });
});
