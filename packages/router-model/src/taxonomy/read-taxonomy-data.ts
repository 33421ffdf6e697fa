import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Prompt, promptOf } from '../prompt.ts';
import { DOMAIN_LABELS, TASK_LABELS } from './labels.ts';

/** A prompt written for its labels. */
export type LabelledPrompt = { domain: string; task: string; language: 'en' | 'fr'; prompt: Prompt };

const lineSchema = z.strictObject({
  domain: z.enum(DOMAIN_LABELS),
  task: z.enum(TASK_LABELS),
  language: z.enum(['en', 'fr']),
  text: z.string().min(1),
});

/** Kept beside the package's built files, so that the path holds from source and from `dist/src`. */
const shippedFolder = (): string => {
  const up = import.meta.url.endsWith('.ts') ? '../../labelled-prompts' : '../../../labelled-prompts';
  return fileURLToPath(new URL(up, import.meta.url));
};

/** Words and short phrases that tell a label, English and French together. */
export type Lexicon = Readonly<Record<string, readonly string[]>>;

/** What domain and task are learned from: no licence-clean data carries those labels. */
export type TaxonomyData = { prompts: readonly LabelledPrompt[]; domainWords: Lexicon; taskWords: Lexicon };

/** Reads the labelled prompts and lexicons that ship. Throws naming file and line of what is malformed. */
export async function readTaxonomyData(folder = shippedFolder()): Promise<TaxonomyData> {
  return {
    prompts: await readPrompts(folder),
    domainWords: await readLexicon(join(folder, 'domains.lexicon.json'), DOMAIN_LABELS),
    taskWords: await readLexicon(join(folder, 'tasks.lexicon.json'), TASK_LABELS),
  };
}

async function readPrompts(folder: string): Promise<LabelledPrompt[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.jsonl')).sort();
  const prompts: LabelledPrompt[] = [];
  for (const file of files) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    lines.forEach((line, n) => {
      if (line.trim() !== '') prompts.push(parseLine(line, `${file}:${n + 1}`));
    });
  }
  return prompts;
}

const lexiconSchema = z.record(
  z.string(),
  z.strictObject({ en: z.array(z.string().min(1)), fr: z.array(z.string().min(1)) }),
);

async function readLexicon(file: string, labels: readonly string[]): Promise<Lexicon> {
  const parsed = lexiconSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const stray = Object.keys(parsed.data).find((label) => !labels.includes(label));
  if (stray !== undefined) throw new Error(`${file}: ${stray} is not one of ${labels.join(', ')}`);
  return Object.fromEntries(Object.entries(parsed.data).map(([label, { en, fr }]) => [label, [...en, ...fr]]));
}

function parseLine(line: string, place: string): LabelledPrompt {
  const parsed = lineSchema.safeParse(JSON.parse(line));
  if (!parsed.success) throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
  const { text, ...labels } = parsed.data;
  return { ...labels, prompt: promptOf({ model: 'auto', messages: [{ role: 'user', content: text }] }) };
}
