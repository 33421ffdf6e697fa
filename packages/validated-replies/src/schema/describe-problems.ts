import type { ErrorObject } from 'ajv';
import { jsonPath } from './json-path.ts';

/** More than these in one complaint distract from the first. */
const MOST_PROBLEMS = 5;
const LONGEST_VALUE = 80;
const LONGEST_FORMS = 300;

/** `$.items[0].price: got "12 €", wanted a number`: one line for each problem, the first five, then how many more. */
export function describeProblems(value: unknown, errors: readonly ErrorObject[]): string[] {
  const lines = [...new Set(withoutBranches(errors).map((error) => describeProblem(value, error)))];
  const rest = lines.length - MOST_PROBLEMS;
  return rest <= 0 ? lines : [...lines.slice(0, MOST_PROBLEMS), `and ${rest} more`];
}

const CHOICES = new Set(['anyOf', 'oneOf']);

/** Of a choice between forms only the choice is reported: what each form says against the value contradicts the others. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => CHOICES.has(keyword));
  const isWithin = (error: ErrorObject) =>
    choices.some(
      (choice) =>
        choice !== error &&
        error.instancePath.startsWith(choice.instancePath) &&
        Array.isArray(choice.schema) &&
        choice.schema.some((form) => holds(form, error.parentSchema)),
    );
  // The last word is `if`'s own: which of its branches failed is told by that branch's errors.
  return errors.filter((error) => error.keyword !== 'if' && !isWithin(error));
}

/** Whether a schema is another one or has it somewhere inside. */
function holds(schema: unknown, part: unknown): boolean {
  if (schema === part) return true;
  if (typeof schema !== 'object' || schema === null) return false;
  return Object.values(schema).some((inner) => holds(inner, part));
}

function describeProblem(value: unknown, error: ErrorObject): string {
  const { keyword, params } = error;
  const path = jsonPath(value, error.instancePath);
  const extra: unknown = params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof extra === 'string') return `${path}: has ${quote(extra)}, which the schema does not know; leave it out`;
  if (keyword === 'required') return `${path}: got no ${quote(params.missingProperty)}, which must be there`;
  return `${path}: got ${quote(error.data)}, wanted ${wanted(error)}`;
}

type Params = Readonly<Record<string, unknown>>;

const WANTED: Readonly<Record<string, (params: Params, schema: unknown) => string>> = {
  type: (_, schema) => [schema].flat().map(withArticle).join(' or '),
  enum: (_, schema) => `one of ${[schema].flat().map(quote).join(', ')}`,
  const: (_, schema) => quote(schema),
  minimum: ({ limit }) => `at least ${limit}`,
  maximum: ({ limit }) => `at most ${limit}`,
  exclusiveMinimum: ({ limit }) => `more than ${limit}`,
  exclusiveMaximum: ({ limit }) => `less than ${limit}`,
  multipleOf: ({ multipleOf }) => `a multiple of ${multipleOf}`,
  minLength: ({ limit }) => `at least ${limit} characters`,
  maxLength: ({ limit }) => `at most ${limit} characters`,
  pattern: ({ pattern }) => `text that matches /${pattern}/`,
  format: ({ format }) => `text in the format ${format}`,
  minItems: ({ limit }) => `at least ${limit} items`,
  maxItems: ({ limit }) => `at most ${limit} items`,
  uniqueItems: ({ i, j }) => `items that all differ: ${j} and ${i} are equal`,
  minProperties: ({ limit }) => `at least ${limit} fields`,
  maxProperties: ({ limit }) => `at most ${limit} fields`,
  anyOf: (_, schema) => `a value of one of these forms: ${bounded(schema, LONGEST_FORMS)}`,
  oneOf: (_, schema) => `a value of exactly one of these forms: ${bounded(schema, LONGEST_FORMS)}`,
  not: (_, schema) => `anything but ${bounded(schema, LONGEST_FORMS)}`,
};

function wanted({ keyword, params, schema, message }: ErrorObject): string {
  return WANTED[keyword]?.(params, schema) ?? `what the schema says: ${message ?? keyword}`;
}

const ARTICLES: Readonly<Record<string, string>> = {
  null: 'null',
  object: 'an object',
  array: 'an array',
  integer: 'an integer',
};

const withArticle = (type: unknown) => ARTICLES[String(type)] ?? `a ${type}`;

const quote = (value: unknown) => bounded(value, LONGEST_VALUE);

/** As JSON, cut where it is longer; never within a character, which providers refuse. */
function bounded(value: unknown, limit: number): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= limit ? text : `${text.slice(0, limit).toWellFormed()}…`;
}
