import { type BenchmarkCase, benchmarkCaseSchema } from '@pointsman/contracts';
import { validateCase } from '../checks/validate-case.ts';
import { contentHash } from '../versions/content-hash.ts';
import { baseName, type ReadOptions } from './read-options.ts';
import { badRow, type Row } from './row.ts';

/** A case as a format found it: what it does not say is absent. */
export type RoughCase = Readonly<Partial<Record<keyof BenchmarkCase, unknown>>>;

/** Where each of these can come from besides the row. */
const DEFAULTED = ['domain', 'task', 'language', 'licence'] as const;

/** The case with id, provenance and defaults filled in, or what it lacks and how that is mended. */
export function completeCase(
  rough: RoughCase,
  place: string,
  options: ReadOptions,
  warnings: readonly string[] = [],
): Row<BenchmarkCase> {
  const said = Object.fromEntries(Object.entries(rough).filter(([, value]) => value !== undefined && value !== null));
  const whole = {
    id: derivedId(said.messages, options.idPrefix ?? 'case'),
    provenance: { kind: 'imported', source: baseName(options.file) },
    ...options.defaults,
    ...said,
  };
  const missing = DEFAULTED.filter((name) => !(name in whole) || whole[name] === undefined);
  if (missing.length > 0) return badRow(place, missing.map(explainMissing).join('; '));
  const unstorable = explainUnstorable(whole);
  if (unstorable !== undefined) return badRow(place, unstorable);
  const validated = validateCase(whole);
  if (!validated.ok) return badRow(place, validated.problems.join('; '));
  return { ok: true, value: validated.case, place, warnings: [...warnings, ...validated.warnings] };
}

const explainMissing = (name: string): string =>
  `says no ${name}: add a field '${name}', or give one for all rows (--${name})`;

/** Without an id of its own a case is named by what it asks, so that the same row has the same id in every import. */
const derivedId = (messages: unknown, prefix: string): string =>
  `${prefix}-${contentHash(messages ?? null).slice(0, 12)}`;

const LONGEST_ID = 120;
const { id: idSchema } = benchmarkCaseSchema.shape;

/** An id of ours from any text, the text itself where it can be one; undefined where nothing of it can be used. */
export function caseIdFrom(text: unknown): string | undefined {
  if (idSchema.safeParse(text).success) return String(text);
  if (typeof text !== 'string' && typeof text !== 'number') return undefined;
  const words = String(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, LONGEST_ID).replace(/-$/, '');
}

// An odd number of backslashes: the escape itself, not text that speaks of it.
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** PostgreSQL stores neither NUL nor half a surrogate pair: found here, where the row is known. */
function explainUnstorable(value: unknown): string | undefined {
  const json = JSON.stringify(value);
  if (NUL.test(json)) return 'contains a NUL character (U+0000), which cannot be stored: remove it';
  if (LONE_SURROGATE.test(json))
    return 'contains half a character (a lone surrogate), which cannot be stored: write the file as UTF-8 again';
  return undefined;
}
