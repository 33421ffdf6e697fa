import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Prompt, promptOf } from '../prompt.ts';
import { DOMAIN_LABELS, TASK_LABELS } from './labels.ts';

/** A prompt that a person labelled. */
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

/** Reads the labelled prompts the project was written with. Throws naming file and line of one that is malformed. */
export async function readLabelledPrompts(folder = shippedFolder()): Promise<LabelledPrompt[]> {
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

function parseLine(line: string, place: string): LabelledPrompt {
  const parsed = lineSchema.safeParse(JSON.parse(line));
  if (!parsed.success) throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
  const { text, ...labels } = parsed.data;
  return { ...labels, prompt: promptOf({ model: 'auto', messages: [{ role: 'user', content: text }] }) };
}
