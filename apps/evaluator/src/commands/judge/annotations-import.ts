import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { csvRecords, jsonLines, parseBenchmarkReference, referenceText } from '@pointsman/benchmark';
import { GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { readRubrics } from '@pointsman/judge';
import type { Command } from 'commander';
import { loadVersion, STARTER } from '../../benchmarks/load-benchmark.ts';
import { problemLines } from '../../benchmarks/problem-lines.ts';
import type { CommandContext } from '../../command-context.ts';
import { sheetKeySchema } from '../../judging/rating-sheet.ts';
import { type ReadAnnotations, readAnnotations, readFilledSheet } from '../../judging/read-annotations.ts';
import { knownReply, runReplies } from '../../judging/run-replies.ts';
import { findRun } from '../eval/find-run.ts';

type ImportOptions = {
  source: string;
  benchmark?: string;
  run?: string;
  key?: string;
  rater?: string;
  skipBad?: boolean;
};

type Reading = ImportOptions & { file: string; directory: string; now(): number };

export function addAnnotationsImport(annotations: Command, { terminal, withStorage, show }: CommandContext): void {
  annotations
    .command('import <file>')
    .description('Take in people’s ratings: JSONL of annotations, or a filled sheet (.csv, .jsonl) with its key')
    .requiredOption('--source <text>', 'where they come from, kept with every rating')
    .option('--benchmark <name@version>', 'what the cases are of (default: the latest starter)')
    .option('--run <run>', 'the run whose replies were rated: rows need no reply of their own')
    .option('--key <file>', 'the key of a sheet that judge annotations export wrote')
    .option('--rater <name>', 'who filled the sheet')
    .option('--skip-bad', 'leave out bad rows and take the rest')
    .action(async (file: string, options: ImportOptions) => {
      const { source, skipBad } = options;
      const { directory, now } = terminal;
      const done = await withStorage(async ({ repositories }) => {
        const read = await readFrom({ ...options, file, directory, now }, repositories);
        terminal.writeError(problemLines({ bad: read.bad, warnings: [] }));
        if (read.bad.length > 0 && skipBad !== true)
          throw new Error(
            `${read.bad.length} bad rows in ${file}: nothing was taken. Mend them, or leave them out with --skip-bad.`,
          );
        return { ...read, ...(await repositories.annotations.record(read.replies, source)) };
      });
      const { replies, bad, unrated, added, changed } = done;
      show({ replies: replies.length, added, changed, unrated, bad }, () =>
        [
          `${added} new ratings of ${replies.length} replies`,
          changed > 0 ? `${changed} changed` : undefined,
          unrated > 0 ? `${unrated} rows not rated` : undefined,
          bad.length > 0 ? `${bad.length} bad rows left out` : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(', ')
          .concat('.'),
      );
    });
}

async function readFrom(reading: Reading, repositories: Repositories): Promise<ReadAnnotations> {
  const { file, directory, key: keyFile, rater, run: runId, now } = reading;
  const content = await readFile(resolve(directory, file));
  const rows = file.endsWith('.csv') ? csvRecords(content, file) : jsonLines(content, file);
  if (keyFile !== undefined) {
    if (rater === undefined) throw new GatewayError('invalid_request', 'say who filled the sheet: --rater NAME');
    const key = sheetKeySchema.parse(JSON.parse(await readFile(resolve(directory, keyFile), 'utf8')));
    const { replies } = await runReplies(await findRun(repositories, key.runId), repositories, now);
    return readFilledSheet(rows, { key, known: replies.map(knownReply), rater, rubrics: await readRubrics() });
  }
  const rated =
    runId === undefined ? undefined : await runReplies(await findRun(repositories, runId), repositories, now);
  const reference = parseBenchmarkReference(reading.benchmark ?? STARTER);
  const version = rated?.version ?? (await loadVersion(repositories.benchmarks, reference, now)).version;
  return readAnnotations(rows, {
    caseHashes: new Map(version.cases.map(({ id, hash }) => [id, hash])),
    benchmark: referenceText(version),
    known: rated?.replies.map(knownReply) ?? [],
  });
}
