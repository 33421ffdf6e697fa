import { type BenchmarkCase, DIFFICULTIES, DOMAINS, TASKS } from '@pointsman/contracts';
import { caseIdFrom, completeCase } from '../complete-case.ts';
import { fillTemplate, fillValue, TemplateProblem } from '../fill-template.ts';
import { isJsonObject, type JsonObject } from '../json-lines.ts';
import type { ReadOptions } from '../read-options.ts';
import { badRow, type GoodRow, type Row } from '../row.ts';
import { makeAssertion } from './assertions.ts';
import { ConfigProblem, resolveReference } from './open-file.ts';
import type { Prompt } from './prompts.ts';

type Values = Readonly<Record<string, unknown>>;

/** The case of one test with one prompt and one set of values. */
export async function caseOfTest(
  { value: test, place, warnings }: GoodRow<JsonObject>,
  prompt: Prompt,
  values: Values,
  options: ReadOptions,
): Promise<Row<BenchmarkCase>> {
  try {
    const filled = fillVariables(values);
    const asserted = await readAssertions(test.assert, filled, options);
    const described = describe(test.metadata);
    const rough = {
      ...described.fields,
      messages: messagesOf(prompt, filled, test.options),
      reference: referenceOf(asserted),
      checks: asserted.checks,
    };
    const own = [...warnings, ...leftOut(test), ...described.warnings, ...asserted.warnings];
    return completeCase(rough, place, options, own);
  } catch (error) {
    if (error instanceof TemplateProblem || error instanceof ConfigProblem) return badRow(place, error.message);
    throw error;
  }
}

/** Values may speak of each other, one deep. */
function fillVariables(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? fillTemplate(value, values) : value,
    ]),
  );
}

function messagesOf({ template }: Prompt, values: Values, options: unknown): unknown[] {
  if (typeof template !== 'string') return template.map((turn) => fillValue(turn, values));
  const { prefix, suffix } = isJsonObject(options) ? options : {};
  const text = [prefix, template, suffix].map((part) => (typeof part === 'string' ? part : '')).join('');
  return [{ role: 'user', content: fillTemplate(text, values) }];
}

type Asserted = { checks: JsonObject[]; references: string[]; guidance: string[]; warnings: string[] };

async function readAssertions(assert: unknown, values: Values, options: ReadOptions): Promise<Asserted> {
  const asserted: Asserted = { checks: [], references: [], guidance: [], warnings: [] };
  for (const [index, entry] of flatten(assert, asserted).entries()) {
    const type = isJsonObject(entry) ? entry.type : undefined;
    if (!isJsonObject(entry) || typeof type !== 'string') {
      asserted.warnings.push(`assert[${index}] is left out: it has no type`);
      continue;
    }
    const value = fillValue(await resolveReference(entry.value, options), values);
    const made = makeAssertion(type, value);
    if (entry.transform !== undefined)
      asserted.warnings.push(`the transform of ${type} is left out: the reply itself is checked`);
    if (made.kind === 'unsupported') asserted.warnings.push(`${type} is left out: ${made.why}`);
    else if (made.kind === 'reference') asserted.references.push(made.text);
    else if (made.kind === 'check') asserted.checks.push({ ...made.check, ...weightOf(entry.weight) });
    else {
      asserted.guidance.push(made.text);
      asserted.warnings.push(
        `${type} is kept as guidance in the reference: the judge scores by its rubrics, and sees it`,
      );
    }
  }
  return asserted;
}

/** Assertions of a set stand for themselves here. */
function flatten(assert: unknown, asserted: Asserted): unknown[] {
  const entries: unknown[] = Array.isArray(assert) ? assert : [];
  return entries.flatMap((entry) => {
    if (!isJsonObject(entry) || entry.type !== 'assert-set') return [entry];
    asserted.warnings.push('assert-set is taken apart: each of its assertions counts by itself');
    return flatten(entry.assert, asserted);
  });
}

const weightOf = (weight: unknown): JsonObject => (typeof weight === 'number' && weight > 0 ? { weight } : {});

function referenceOf({ references, guidance }: Asserted): string | undefined {
  const parts = [
    ...(references.length === 0 ? [] : [references.join('\nor: ')]),
    ...guidance.map((text) => `A right reply satisfies this: ${text}`),
  ];
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

const KNOWN: Readonly<Record<string, readonly string[]>> = { domain: DOMAINS, task: TASKS, difficulty: DIFFICULTIES };

/** What the metadata says in our words; other metadata has no place in a case. */
function describe(metadata: unknown): { fields: JsonObject; warnings: string[] } {
  const said = isJsonObject(metadata) ? metadata : {};
  const { id, language, licence = said.license } = said;
  const warnings: string[] = [];
  const fields: Record<string, unknown> = { id: caseIdFrom(id), language, licence };
  for (const [name, values] of Object.entries(KNOWN)) {
    const value = said[name];
    if (value === undefined) continue;
    if (values.includes(String(value))) fields[name] = value;
    else warnings.push(`metadata.${name} is left out: '${String(value)}' is none of ours`);
  }
  return { fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)), warnings };
}

function leftOut({ threshold, options }: JsonObject): string[] {
  const { transform, transformVars } = isJsonObject(options) ? options : {};
  return [
    ...(threshold === undefined ? [] : ['threshold is left out: scores are compared, not passed or failed']),
    ...(transform === undefined ? [] : ['options.transform is left out: the reply itself is checked']),
    ...(transformVars === undefined ? [] : ['options.transformVars is left out: variables are taken as written']),
  ];
}
