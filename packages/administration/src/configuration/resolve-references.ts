import { type JsonSchema, schemaAt } from './config-json-schema.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { Environment } from './read-environment.ts';

export type ConfigPath = readonly (string | number)[];
export type Resolved = { content: unknown; problems: { path: ConfigPath; problem: Omit<ConfigProblem, 'path'> }[] };

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every text of the content by the environment's values; `$${` stands for
 * `${`. A number or a boolean is made of the result where the file's schema wants one. An entry without value becomes
 * an empty mapping where a mapping belongs and is left out elsewhere.
 */
export function resolveReferences(content: unknown, env: Environment): Resolved {
  const problems: Resolved['problems'] = [];
  const visit = (value: unknown, path: ConfigPath): unknown => {
    if (value === null) return schemaAt(path)?.type === 'object' ? {} : undefined;
    if (typeof value === 'string') return resolveText(value, path);
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, child]) => [key, visit(child, [...path, key])] as const);
    return Object.fromEntries(entries.filter(([, child]) => child !== undefined));
  };
  const resolveText = (text: string, path: ConfigPath): unknown => {
    const expanded = expand(text, env);
    for (const problem of expanded.problems) problems.push({ path, problem });
    return expanded.references === 0 ? expanded.text : convert(expanded.text, schemaAt(path));
  };
  return { content: visit(content, []), problems };
}

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

function expand(text: string, env: Environment) {
  const problems: Omit<ConfigProblem, 'path'>[] = [];
  let references = 0;
  const expanded = text.replace(REFERENCE, (match, name: string | undefined, otherwise: string | undefined) => {
    if (match === '$${') return '${';
    references += 1;
    if (name === undefined) {
      problems.push({
        message: 'has a ${ that is no reference',
        mend: `Write \${NAME} or \${NAME:-default}; for a literal \${ write $\${.`,
      });
      return '';
    }
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    if (otherwise !== undefined) return otherwise;
    problems.push({
      message: `refers to the environment variable ${name}, which is not set`,
      mend: `Set ${name}, or give a default: \${${name}:-default}.`,
    });
    return '';
  });
  return { text: expanded, references, problems };
}

function convert(text: string, schema: JsonSchema | undefined): unknown {
  if ((schema?.type === 'integer' || schema?.type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (schema?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
