import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { RecordedReply, Recording } from './emulator-types.ts';
import { isObject, type JsonObject } from './json-value.ts';
import { countTokens } from './split-tokens.ts';

/** A row of recorded outcomes as far as a filter may look at it. */
export type RecordedRow = {
  id: string;
  source: string;
  domain: string;
  category: string;
  split: string | undefined;
  prompt: string;
};

export type RecordingOptions = {
  /** Recorded model name -> the upstream name under which the emulator serves it. */
  models: Readonly<Record<string, string>>;
  /** Names of the row files, without ending: `mmlu_pro`. All of them when absent. */
  sources?: readonly string[] | undefined;
  /** Rows to take; all of them when absent. */
  filter?: ((row: RecordedRow) => boolean) | undefined;
  /** Stops after so many recordings. */
  limit?: number | undefined;
};

const ROWS_ENDING = '.jsonl.gz';
const TEXTS_ENDING = '.outputs.jsonl.gz';

/**
 * Reads a folder of recorded outcomes (`<source>.jsonl.gz`, texts in `outputs/<source>.outputs.jsonl.gz`), a line at a
 * time. A reply whose length was not measured is counted from its text; without a text it is left out, since nobody knows
 * what it used. Rows with no reply left are skipped, and of rows with the same prompt the first one stays.
 */
export async function* loadRecordings(folder: string, options: RecordingOptions): AsyncGenerator<Recording> {
  const sources = options.sources ?? (await listSources(folder));
  const seen = new Set<string>();
  for (const source of sources) {
    const texts = await readTexts(join(folder, 'outputs', `${source}${TEXTS_ENDING}`), options);
    for await (const line of readLines(join(folder, `${source}${ROWS_ENDING}`))) {
      const row = parseRow(line, source);
      if (seen.has(row.prompt) || options.filter?.(row) === false) continue;
      const replies = readReplies(row.data, texts.get(row.id), options.models);
      if (Object.keys(replies).length === 0) continue;
      seen.add(row.prompt);
      yield { prompt: row.prompt, replies };
      if (options.limit !== undefined && seen.size >= options.limit) return;
    }
  }
}

async function listSources(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ROWS_ENDING));
  return names.map((name) => name.slice(0, -ROWS_ENDING.length)).sort();
}

function parseRow(line: string, source: string): RecordedRow & { data: JsonObject } {
  const data: unknown = JSON.parse(line);
  if (!isObject(data) || typeof data.id !== 'string' || typeof data.prompt !== 'string') {
    throw new Error(`Recorded rows need an id and a prompt; one in ${source} is ${line.slice(0, 80)}`);
  }
  return {
    id: data.id,
    source: String(data.source ?? source),
    domain: String(data.domain ?? ''),
    category: String(data.category ?? ''),
    split: typeof data.split === 'string' ? data.split : undefined,
    prompt: data.prompt,
    data,
  };
}

function readReplies(
  row: JsonObject,
  texts: ReadonlyMap<string, string> | undefined,
  models: Readonly<Record<string, string>>,
): Record<string, RecordedReply> {
  const outcomes = isObject(row.models) ? row.models : {};
  const replies: Record<string, RecordedReply> = {};
  for (const [recordedName, upstreamName] of Object.entries(models)) {
    const outcome = outcomes[recordedName];
    if (!isObject(outcome)) continue;
    const text = texts?.get(recordedName);
    const inputTokens = numberIn(outcome.in_tok) ?? numberIn(row.in_tok);
    const outputTokens = numberIn(outcome.out_tok) ?? (text === undefined ? undefined : countTokens(text));
    if (inputTokens === undefined || outputTokens === undefined) continue;
    replies[upstreamName] = {
      text,
      inputTokens,
      outputTokens,
      score: numberIn(outcome.q),
    };
  }
  return replies;
}

/** Texts by row and recorded model name, of the wanted models only. */
async function readTexts(file: string, options: RecordingOptions): Promise<Map<string, Map<string, string>>> {
  const texts = new Map<string, Map<string, string>>();
  if (!existsSync(file)) return texts;
  for await (const line of readLines(file)) {
    const data: unknown = JSON.parse(line);
    if (!isObject(data) || typeof data.id !== 'string' || !isObject(data.outputs)) continue;
    const outputs = data.outputs;
    const wanted = Object.keys(options.models).flatMap((name): [string, string][] => {
      const text = outputs[name];
      return typeof text === 'string' ? [[name, text]] : [];
    });
    if (wanted.length > 0) texts.set(data.id, new Map(wanted));
  }
  return texts;
}

async function* readLines(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const text = createGunzip();
  // A plain pipe swallows read errors: the reader would wait for ever for a file that is not there.
  bytes.on('error', (error) => text.destroy(error));
  for await (const line of createInterface({ input: bytes.pipe(text), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield line;
  }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
