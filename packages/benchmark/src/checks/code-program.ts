import type { CodeTest } from '@pointsman/contracts';
import { z } from 'zod';
import { contentHash } from '../versions/content-hash.ts';
import { javascriptProgram } from './javascript-program.ts';
import { pythonProgram } from './python-program.ts';
import { fencedBlocks } from './reply-part.ts';
import type { CodeLanguage, CodeProgram } from './run-code.ts';

const LABELS: Readonly<Record<CodeLanguage, RegExp>> = {
  javascript: /^(javascript|js|mjs|cjs|node)$/u,
  python: /^(python|python3|py)$/u,
};

/** The first fenced block labelled with the language, else the first one, else the whole text. */
export function extractCode(text: string, language: CodeLanguage): string {
  const blocks = fencedBlocks(text);
  return (blocks.find(({ label }) => LABELS[language].test(label)) ?? blocks[0] ?? { text }).text.trim();
}

/** Whether a test may call this: a plain name, since it becomes part of a program. */
export const isCallable = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name);

const PROGRAMS = { javascript: javascriptProgram, python: pythonProgram };

/**
 * The program that defines what the code defines, makes the calls and prints one line of results behind `marker`. The
 * marker is a hash over the expected values too: what is tested can neither know nor guess it.
 */
export function codeProgram(
  code: string,
  { language, tests }: { language: CodeLanguage; tests: readonly CodeTest[] },
): CodeProgram & { marker: string } {
  const marker = `results-${contentHash({ code, tests })}:`;
  const calls = tests.map(({ call, args }) => ({ call, args }));
  return { language, source: PROGRAMS[language]({ code, calls, marker }), marker };
}

const resultSchema = z.union([z.object({ value: z.json() }), z.object({ error: z.string() })]);

/** The results behind the marker; undefined when the program printed none, or not one for each call. */
export function readResults(stdout: string, marker: string, calls: number): z.infer<typeof resultSchema>[] | undefined {
  const line = stdout.split('\n').findLast((one) => one.startsWith(marker));
  if (line === undefined) return undefined;
  try {
    const parsed = z
      .array(resultSchema)
      .length(calls)
      .safeParse(JSON.parse(line.slice(marker.length)));
    return parsed.data;
  } catch {
    return undefined;
  }
}
