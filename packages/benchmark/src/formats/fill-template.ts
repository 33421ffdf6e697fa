import { isJsonObject } from './json-lines.ts';

/** A template that says more than `{{name}}`, or names what has no value. */
export class TemplateProblem extends Error {}

const PLACE = /\{\{-?\s*(.*?)\s*-?\}\}/gs;
const PATH = /^[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+|\[\d+\])*$/u;

/**
 * The text with every `{{name}}`, `{{a.b}}` and `{{a[0]}}` in place: the part of Nunjucks that prompts are mostly made of.
 * Objects and lists are written as JSON.
 * @throws {TemplateProblem} on filters, tags and names without a value: a prompt is never quietly another one.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
  const tag = /\{%.*?%\}/s.exec(template)?.[0];
  if (tag !== undefined) throw new TemplateProblem(`the template tag ${tag} is not supported: write the text out`);
  return template.replace(PLACE, (_whole, expression: string) => {
    if (!PATH.test(expression))
      throw new TemplateProblem(
        `the template expression {{${expression}}} is not supported: only names are, such as {{question}}`,
      );
    const value = valueAt(values, expression);
    if (value === undefined || value === null) throw new TemplateProblem(`nothing has the name {{${expression}}}`);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** The same in every text of a JSON value. */
export function fillValue(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return fillTemplate(value, values);
  if (Array.isArray(value)) return value.map((item) => fillValue(item, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fillValue(member, values)]));
}

function valueAt(values: unknown, path: string): unknown {
  const names = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  return names.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? Reflect.get(inner, name) : undefined,
    values,
  );
}
