import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationReport } from '@pointsman/contracts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import { renderJunit } from './render-junit.ts';
import { renderMarkdown } from './render-markdown.ts';

/** What a folder of reports holds. */
const FORMS = {
  'report.html': renderHtml,
  'report.md': (reports: readonly EvaluationReport[]) => renderMarkdown(reports),
  'report.json': renderJson,
  'junit.xml': renderJunit,
} as const;

/**
 * Writes every form of the reports into the folder, each file whole or not at all, and resolves to their paths.
 * @throws {Error} naming the file and what to do: a full disk, no permission, a file where the folder should be.
 */
export async function writeReports(reports: readonly EvaluationReport[], dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true }).catch(refuse(dir, reports));
  const paths: string[] = [];
  for (const [name, render] of Object.entries(FORMS)) {
    const path = join(dir, name);
    await writeWhole(path, render(reports)).catch(refuse(path, reports));
    paths.push(path);
  }
  return paths;
}

/** A reader, or a crash, never meets half a file: it is written beside its place and moved there. */
async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

const refuse = (path: string, reports: readonly EvaluationReport[]) => (error: unknown) => {
  throw new Error(`${writeFailure(path, error)} ${againText(reports)}`, { cause: error });
};

/** Why a report could not be written and what to do, in a sentence or two. */
export function writeFailure(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [why, remedy] = FAILURES[code] ?? [
    error instanceof Error ? error.message : String(error),
    'Name another folder.',
  ];
  return `${path} could not be written: ${why}. ${remedy}`;
}

const FAILURES: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  ENOSPC: ['the disk is full (ENOSPC)', 'Free some space, or name a folder on another disk.'],
  EDQUOT: ['your quota of the disk is used up (EDQUOT)', 'Free some space, or name a folder on another disk.'],
  EACCES: ['permission denied (EACCES)', 'Allow writing there, or name another folder.'],
  EPERM: ['permission denied (EPERM)', 'Allow writing there, or name another folder.'],
  EROFS: ['the file system is read-only (EROFS)', 'Name a folder that can be written to.'],
  ENOTDIR: ['a part of the path is a file, not a folder (ENOTDIR)', 'Name another folder.'],
  EEXIST: ['it is a file, not a folder (EEXIST)', 'Name another folder.'],
  EISDIR: ['a folder of that name is in the way (EISDIR)', 'Move it away, or name another folder.'],
};

/** Results are in the database: only the files are missing. */
function againText([report]: readonly EvaluationReport[]): string {
  return report === undefined
    ? ''
    : `Nothing is lost: pointsman eval report ${report.runId} --out DIR writes the reports again.`;
}
