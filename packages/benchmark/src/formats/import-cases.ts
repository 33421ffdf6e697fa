import type { BenchmarkCase } from '@pointsman/contracts';
import { canonicalJson } from '../versions/canonical-json.ts';
import { caseHash } from '../versions/content-hash.ts';
import { type BadRow, badRow, type GoodRow, type Row } from './row.ts';

export type Warning = { place: string; message: string };

export type Import =
  /** What there is to import, and the rows that were left out. */
  | { kind: 'imported'; cases: BenchmarkCase[]; bad: BadRow[]; warnings: Warning[] }
  /** Nothing: rows are bad and all were wanted, or there is none. */
  | { kind: 'refused'; reason: string; bad: BadRow[]; warnings: Warning[] };

/**
 * Takes the rows of a file. A row that repeats the id or the question of an earlier one is bad.
 * @param options.onBad `skip`: the rest is imported. `refuse`: one bad row, and nothing is.
 */
export async function importCases(
  rows: AsyncIterable<Row<BenchmarkCase>>,
  { onBad }: { onBad: 'skip' | 'refuse' },
): Promise<Import> {
  const bad: BadRow[] = [];
  const good: GoodRow<BenchmarkCase>[] = [];
  const findRepeat = repeatFinder();
  for await (const row of rows) {
    const checked = row.ok ? (findRepeat(row) ?? row) : row;
    if (checked.ok) good.push(checked);
    else bad.push(checked);
  }
  const warnings = good.flatMap(({ place, warnings: own }) => own.map((message) => ({ place, message })));
  const reason = refusalOf(good.length, bad.length, onBad);
  if (reason !== undefined) return { kind: 'refused', reason, bad, warnings };
  return { kind: 'imported', cases: good.map(({ value }) => value), bad, warnings };
}

function refusalOf(good: number, bad: number, onBad: 'skip' | 'refuse'): string | undefined {
  const rows = bad === 1 ? '1 row is' : `${bad} rows are`;
  if (bad > 0 && onBad === 'refuse')
    return `${rows} bad, so nothing was imported: mend them, or import the rest without them (--skip-bad)`;
  if (good > 0) return undefined;
  return bad > 0 ? `${rows} bad and there is no other: nothing was imported` : 'there is no case in it';
}

/** Finds what an earlier row has said: two cases of one id cannot both stand, and two of one question ask nothing new. */
function repeatFinder(): (row: GoodRow<BenchmarkCase>) => BadRow | undefined {
  const ids = new Map<string, { place: string; hash: string }>();
  const questions = new Map<string, string>();
  return ({ value, place }) => {
    const hash = caseHash(value);
    const same = ids.get(value.id);
    if (same !== undefined)
      return badRow(
        place,
        same.hash === hash
          ? `repeats ${same.place}`
          : `has the id '${value.id}' of ${same.place}: give each an id of its own`,
      );
    const question = canonicalJson(value.messages);
    const asked = questions.get(question);
    if (asked !== undefined) return badRow(place, `asks what ${asked} asks`);
    ids.set(value.id, { place, hash });
    questions.set(question, place);
    return undefined;
  };
}
