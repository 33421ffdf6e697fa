import { csvRecords } from '../csv-records.ts';
import { isJsonObject } from '../json-lines.ts';
import type { ReadOptions } from '../read-options.ts';
import { badRow, type Row } from '../row.ts';
import { ConfigProblem, extensionOf, openText, parseYaml, referredFile } from './open-file.ts';

/** A prompt with `{{variables}}`: a text, or the turns of a conversation. */
export type Prompt = { label: string | undefined; template: string | readonly unknown[] };

/** Without prompts promptfoo passes the variable `prompt` on. */
const PASS_THROUGH: Prompt = { label: undefined, template: '{{prompt}}' };

/** The prompts of a configuration, those in files too. */
export async function loadPrompts(written: unknown, options: ReadOptions): Promise<Row<Prompt>[]> {
  if (written === undefined) return [{ ok: true, value: PASS_THROUGH, place: options.file, warnings: [] }];
  const entries: unknown[] = Array.isArray(written) ? written : [written];
  const loaded = await Promise.all(
    entries.map(async (entry, index): Promise<Row<Prompt>[]> => {
      const place = `${options.file}: prompts[${index}]`;
      try {
        const prompts = await loadPrompt(entry, options);
        return prompts.map((value) => ({ ok: true, value, place, warnings: [] }));
      } catch (error) {
        if (error instanceof ConfigProblem) return [badRow(place, error.message)];
        throw error;
      }
    }),
  );
  return loaded.flat();
}

async function loadPrompt(entry: unknown, options: ReadOptions): Promise<Prompt[]> {
  if (typeof entry === 'string') return loadSource(entry, undefined, options);
  const source = isJsonObject(entry) ? (entry.raw ?? entry.id) : undefined;
  if (!isJsonObject(entry) || typeof source !== 'string')
    throw new ConfigProblem('is neither a text nor an object with raw or id');
  return loadSource(source, typeof entry.label === 'string' ? entry.label : undefined, options);
}

const PROMPT_FILES = ['txt', 'md', 'j2', 'json', 'yaml', 'yml', 'csv'];
/** A path without `file://` is a file where it looks like one: no spaces, no variables. */
const BARE_PATH = /^[^\s{}]+\.[a-z0-9]+(?::\w+)?$/i;
const SERVICES = /^(?:langfuse|portkey|helicone|exec):/;

async function loadSource(source: string, label: string | undefined, options: ReadOptions): Promise<Prompt[]> {
  if (SERVICES.test(source))
    throw new ConfigProblem(`prompts from elsewhere (${source}) are not supported: write the text out`);
  const path = referredFile(source) ?? (BARE_PATH.test(source) ? source : undefined);
  if (path === undefined) return [{ label, template: chatOf(source) ?? source }];
  const extension = extensionOf(path);
  if (path.includes('*')) throw new ConfigProblem(`patterns of files (${path}) are not supported: name each file`);
  if (!PROMPT_FILES.includes(extension))
    throw new ConfigProblem(`prompts that a program makes (${path}) are not supported: write the text out`);
  return promptsOfFile(await openText(path, options), { path, extension, label: label ?? path });
}

function promptsOfFile(
  text: string,
  { path, extension, label }: { path: string; extension: string; label: string },
): Prompt[] {
  if (extension === 'csv')
    return [...csvRecords(text, path)].map((row) => {
      if (!row.ok || typeof row.value.prompt !== 'string') throw new ConfigProblem(`${row.place} has no prompt`);
      return { label: typeof row.value.label === 'string' ? row.value.label : label, template: row.value.prompt };
    });
  if (['json', 'yaml', 'yml'].includes(extension)) {
    const parsed = parseYaml(text, path);
    if (Array.isArray(parsed)) return [{ label, template: parsed }];
    throw new ConfigProblem(`${path} is not a list of messages`);
  }
  const parts = extension === 'txt' ? text.split(/^---$/m) : [text];
  return parts.map((part) => ({ label, template: part.trim() })).filter(({ template }) => template !== '');
}

/** An inline prompt that is a JSON list of messages is a conversation. */
function chatOf(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((turn) => isJsonObject(turn) && 'role' in turn) ? parsed : undefined;
  } catch {
    // A text that begins with a bracket.
    return undefined;
  }
}
