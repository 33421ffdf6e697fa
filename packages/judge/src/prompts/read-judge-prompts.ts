import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedRubricsDir } from '../rubrics/read-rubrics.ts';
import { type PairPrompt, parsePairPrompt, parseVerdictPrompt, type VerdictPrompt } from './judge-prompt.ts';

export type JudgePrompts = { verdict: VerdictPrompt; pair: PairPrompt };

/**
 * Reads the newest `verdict.v<version>.json` and `pair.v<version>.json` of a folder, the package's own by default.
 *
 * @throws Error when there is none, or when one cannot be used, with every problem.
 */
export async function readJudgePrompts(dir: string = join(shippedRubricsDir(), 'prompts')): Promise<JudgePrompts> {
  const names = await readdir(dir);
  const read = async (kind: string) => {
    const file = join(dir, newest(names, kind) ?? `${kind}.v1.json`);
    return { file, text: await readFile(file, 'utf8') };
  };
  return { verdict: parseVerdictPrompt(await read('verdict')), pair: parsePairPrompt(await read('pair')) };
}

function newest(names: readonly string[], kind: string): string | undefined {
  const version = (name: string) => Number(name.split('.v')[1]?.replace('.json', ''));
  return names
    .filter((name) => name.startsWith(`${kind}.v`) && version(name) > 0)
    .sort((a, b) => version(b) - version(a))[0];
}
