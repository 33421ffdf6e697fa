import type { BenchmarkCase } from '@pointsman/contracts';
import { parse } from 'yaml';
import { caseIdFrom, completeCase } from './complete-case.ts';
import { decodeText } from './decode-text.ts';
import { isJsonObject, isLfsPointer, type JsonObject, jsonLines, NOT_TEXT } from './json-lines.ts';
import type { Content, ReadOptions } from './read-options.ts';
import { badRow, type Row } from './row.ts';
import { beginsWith, hasAny } from './text-patterns.ts';

/**
 * The openai/evals repository: a registry's YAML, whose samples are opened beside it, or a JSONL file of samples.
 * The class of an eval says how `ideal` is checked; a file of samples alone does not, and `ideal` is a reference then.
 */
export async function* readOpenAiEvals(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  let text: string;
  try {
    text = decodeText(content);
  } catch {
    // The only thing that decoding can say.
    yield badRow(options.file, NOT_TEXT);
    return;
  }
  if (text.trimStart().startsWith('{') || isLfsPointer(text))
    yield* casesOfSamples(text, SAMPLES_ALONE, options.file, options);
  else yield* casesOfRegistry(text, options);
}

type Eval = {
  name: string | undefined;
  /** The class without its module: `Match`. */
  kind: string | undefined;
  args: JsonObject;
};
const SAMPLES_ALONE: Eval = { name: undefined, kind: undefined, args: {} };

async function* casesOfRegistry(text: string, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  let registry: unknown;
  try {
    registry = parse(text);
  } catch (error) {
    yield badRow(
      options.file,
      `is neither YAML nor samples: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    );
    return;
  }
  if (!isJsonObject(registry)) {
    yield badRow(options.file, 'is neither a registry of evals nor samples with input and ideal');
    return;
  }
  for (const [name, entry] of Object.entries(registry)) {
    // An alias only names the entry with the class.
    if (!isJsonObject(entry) || typeof entry.class !== 'string') continue;
    const args = isJsonObject(entry.args) ? entry.args : {};
    yield* casesOfEval({ name, kind: entry.class.split(':').at(-1), args }, options);
  }
}

async function* casesOfEval(evaluation: Eval, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  const place = `${options.file}: ${evaluation.name}`;
  const { samples_jsonl: path } = evaluation.args;
  if (typeof path !== 'string') {
    yield badRow(
      place,
      `its class ${evaluation.kind} takes its samples from elsewhere: only samples_jsonl is supported`,
    );
    return;
  }
  const bytes = await openSamples(path, options);
  if (bytes === undefined) {
    yield badRow(place, `its samples ${path} are neither in ../data nor in data nor beside it`);
    return;
  }
  yield* casesOfSamples(decodeText(bytes), evaluation, path, options);
}

/** The repository keeps registry/evals/x.yaml and registry/data/x/samples.jsonl. */
async function openSamples(path: string, { open }: ReadOptions): Promise<Uint8Array | undefined> {
  for (const folder of ['../data/', 'data/', '']) {
    const bytes = await open?.(`${folder}${path}`);
    if (bytes !== undefined) return bytes;
  }
  return undefined;
}

function* casesOfSamples(
  text: string,
  evaluation: Eval,
  file: string,
  options: ReadOptions,
): Iterable<Row<BenchmarkCase>> {
  let isFirst = true;
  for (const row of jsonLines(text, file)) {
    // What holds for the whole eval is said once.
    const warnings = isFirst ? evalWarnings(evaluation) : [];
    yield row.ok ? caseOfSample(row.value, { evaluation, place: row.place, options, warnings }) : row;
    isFirst = false;
  }
}

type SampleSource = { evaluation: Eval; place: string; options: ReadOptions; warnings: string[] };

function caseOfSample(sample: JsonObject, { evaluation, place, options, warnings }: SampleSource): Row<BenchmarkCase> {
  const { input, ideal, id } = sample;
  if (input === undefined) return badRow(place, "has no 'input'");
  const ideals = (Array.isArray(ideal) ? ideal : ideal === undefined ? [] : [ideal]).map((one) =>
    typeof one === 'string' ? one : JSON.stringify(one),
  );
  const made = checkOf(evaluation, ideals);
  const rough = {
    id: caseIdFrom(id),
    messages: typeof input === 'string' ? [{ role: 'user', content: input }] : input,
    reference: ideals.length === 0 ? undefined : ideals.join('\nor: '),
    checks: made.checks,
    provenance: evaluation.name === undefined ? undefined : { kind: 'imported', source: evaluation.name },
  };
  return completeCase(rough, place, options, [...warnings, ...made.warnings]);
}

type Made = { checks: JsonObject[]; warnings: string[] };
const NOTHING: Made = { checks: [], warnings: [] };

/** How the basic classes of evals/elsuite/basic compare a reply with `ideal`. */
function checkOf({ kind, args }: Eval, ideals: readonly string[]): Made {
  if (ideals.length === 0) return NOTHING;
  if (kind === 'Match') return { checks: [beginsWith(ideals)], warnings: [] };
  if (kind === 'Includes') return { checks: [hasAny(ideals, { ignoreCase: args.ignore_case === true })], warnings: [] };
  if (kind === 'FuzzyMatch') return { checks: [{ kind: 'contains', any: [...ideals] }], warnings: [] };
  return kind === 'JsonMatch' ? jsonMatch(ideals) : NOTHING;
}

function jsonMatch(ideals: readonly string[]): Made {
  const [ideal = '', ...others] = ideals;
  if (others.length > 0)
    return { checks: [], warnings: ['several right JSON values are kept as a reference: a check knows one'] };
  try {
    return { checks: [{ kind: 'json-value', path: '$', expected: JSON.parse(ideal) }], warnings: [] };
  } catch {
    return { checks: [], warnings: ['ideal is not JSON, so it is kept as a reference only'] };
  }
}

function evalWarnings({ name, kind, args }: Eval): string[] {
  if (kind === undefined)
    return ['without the registry nothing says how ideal is checked: it is a reference; import the YAML for checks'];
  const fewShot =
    Number(args.num_few_shot ?? 0) > 0 ? [`${name}: its few-shot examples are left out of the prompts`] : [];
  if (['Match', 'Includes', 'JsonMatch'].includes(kind)) return fewShot;
  if (kind === 'FuzzyMatch')
    return [...fewShot, `${name}: a reply that is only a part of ideal passed there and does not here`];
  const spec = args.modelgraded_spec === undefined ? '' : ` by ${String(args.modelgraded_spec)}`;
  return [
    ...fewShot,
    `${name}: ${kind} graded replies${spec}: here the judge scores them by its rubrics, ideal is a reference`,
  ];
}
