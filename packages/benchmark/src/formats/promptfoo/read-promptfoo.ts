import type { BenchmarkCase } from '@pointsman/contracts';
import { decodeText } from '../decode-text.ts';
import { isJsonObject, type JsonObject, NOT_TEXT } from '../json-lines.ts';
import type { Content, ReadOptions } from '../read-options.ts';
import { badRow, type GoodRow, type Row } from '../row.ts';
import { ConfigProblem, parseYaml, resolveReference } from './open-file.ts';
import { loadPrompts, type Prompt } from './prompts.ts';
import { resolvePointers } from './resolve-pointers.ts';
import { caseOfTest } from './test-case.ts';
import { loadTests } from './tests.ts';

/** A case for every prompt and test of a promptfoo configuration, YAML or JSON; lists of values multiply as they do there. */
export async function* readPromptfoo(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  const config = await readConfig(content, options);
  if (!config.ok) {
    yield config;
    return;
  }
  const prompts = await loadPrompts(config.value.prompts, options);
  yield* prompts.filter((prompt) => !prompt.ok);
  const usable = prompts.flatMap((prompt) => (prompt.ok ? [prompt.value] : []));
  for await (const test of loadTests(config.value, options)) {
    if (test.ok) yield* casesOfTest(test, usable, options);
    else yield test;
  }
}

async function readConfig(content: Content, options: ReadOptions): Promise<Row<JsonObject>> {
  const { file } = options;
  try {
    const config = resolvePointers(parseYaml(decodeText(content)));
    if (!isJsonObject(config)) return badRow(file, 'is no configuration: it has neither prompts nor tests');
    const defaultTest = await resolveReference(config.defaultTest, options);
    return { ok: true, value: { ...config, defaultTest }, place: file, warnings: [] };
  } catch (error) {
    if (error instanceof ConfigProblem) return badRow(file, error.message);
    if (error instanceof TypeError) return badRow(file, NOT_TEXT);
    throw error;
  }
}

async function* casesOfTest(
  test: GoodRow<JsonObject>,
  prompts: readonly Prompt[],
  options: ReadOptions,
): AsyncIterable<Row<BenchmarkCase>> {
  const wanted = selected(prompts, test.value.prompts);
  let sets: Readonly<Record<string, unknown>>[];
  try {
    sets = combinations(await resolveVariables(test.value.vars, options), test.value.options);
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    yield badRow(test.place, error.message);
    return;
  }
  const many = wanted.length * sets.length > 1;
  for (const [promptIndex, prompt] of wanted.entries())
    for (const [setIndex, values] of sets.entries()) {
      const nth = promptIndex * sets.length + setIndex;
      const row = many
        ? {
            ...test,
            place: `${test.place} (${nth + 1} of ${wanted.length * sets.length})`,
            value: numbered(test.value, nth),
          }
        : test;
      yield await caseOfTest(row, prompt, values, options);
    }
}

/** A test may name the prompts it is for. */
const selected = (prompts: readonly Prompt[], labels: unknown): readonly Prompt[] =>
  Array.isArray(labels) ? prompts.filter(({ label }) => label !== undefined && labels.includes(label)) : prompts;

/** One test that makes several cases gives each an id of its own. */
function numbered(test: JsonObject, nth: number): JsonObject {
  const { metadata } = test;
  if (!isJsonObject(metadata) || metadata.id === undefined) return test;
  return { ...test, metadata: { ...metadata, id: `${String(metadata.id)}-${nth + 1}` } };
}

async function resolveVariables(vars: unknown, options: ReadOptions): Promise<JsonObject> {
  const resolved = await resolveReference(vars ?? {}, options);
  if (!isJsonObject(resolved)) throw new ConfigProblem('vars is no object of names and values');
  const entries = Object.entries(resolved).map(
    async ([name, value]) => [name, await resolveReference(value, options)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** A list of lists of values would else fill the memory. */
const MOST_COMBINATIONS = 10_000;

/** Each value of a list in turn, with each of every other list. */
function combinations(vars: JsonObject, options: unknown): JsonObject[] {
  if (isJsonObject(options) && options.disableVarExpansion === true) return [vars];
  return Object.entries(vars).reduce<JsonObject[]>(
    (sets, [name, value]) => {
      const values: unknown[] = Array.isArray(value) ? value : [value];
      if (sets.length * values.length > MOST_COMBINATIONS)
        throw new ConfigProblem(`its lists of values make more than ${MOST_COMBINATIONS} cases`);
      return sets.flatMap((set) => values.map((one) => ({ ...set, [name]: one })));
    },
    [{}],
  );
}
