import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Recording } from '@pointsman/provider-emulator';

/** What one model really answered to one prompt. */
export type RecordedReply = { score: number; inputTokens: number; outputTokens: number; text: string | undefined };

export type RecordedPrompt = {
  id: string;
  source: string;
  domain: string;
  prompt: string;
  part: 'train' | 'tune' | 'test';
  /** By pool model. */
  replies: Record<string, RecordedReply>;
};

export type PoolModel = { name: string; inputUsdPerMtok: number; outputUsdPerMtok: number };
export type RecordedOutcomes = { models: PoolModel[]; prompts: RecordedPrompt[] };

/** The pool with a clear cost ladder; bfcl and mmlu-redux are left out: no licence for weights, no token counts. */
const POOL = 'unified_7';
const SOURCES = ['mmlu_pro', 'zeroeval_gsm', 'zeroeval_crux'];

type PoolFile = Record<string, { models: string[]; alias?: Record<string, string[]> }>;
type Row = {
  id: string;
  source: string;
  domain: string;
  prompt: string;
  in_tok: number;
  models: Record<string, { q: number; out_tok?: number; in_tok?: number }>;
};

/** Reads the prompts that every model of the pool has answered, with prices, scores, token counts and texts where recorded. */
export async function readRecordedOutcomes(routerDataDir: string): Promise<RecordedOutcomes> {
  const pools = JSON.parse(await readFile(join(routerDataDir, 'pools.json'), 'utf8')) as PoolFile;
  const pool = pools[POOL];
  if (pool?.alias === undefined) throw new Error(`pools.json has no pool ${POOL} with aliases`);
  const { alias } = pool;
  const prompts: RecordedPrompt[] = [];
  for (const source of SOURCES) {
    const texts = await readTexts(join(routerDataDir, 'outputs', `${source}.outputs.jsonl.gz`));
    for await (const line of linesOf(join(routerDataDir, `${source}.jsonl.gz`))) {
      const row = JSON.parse(line) as Row;
      const replies = repliesOf(row, alias, texts.get(row.id) ?? {});
      if (replies !== undefined) {
        prompts.push({ id: row.id, source, domain: row.domain, prompt: row.prompt, part: partOf(row.prompt), replies });
      }
    }
  }
  return { models: await readPrices(routerDataDir, alias), prompts: firstOfEach(prompts) };
}

/** The emulator answers by the prompt's text, so each text may stand only once. */
function firstOfEach(prompts: RecordedPrompt[]): RecordedPrompt[] {
  const seen = new Set<string>();
  return prompts.filter(({ prompt }) => !seen.has(prompt) && seen.add(prompt));
}

function repliesOf(
  row: Row,
  alias: Record<string, string[]>,
  texts: Record<string, string>,
): Record<string, RecordedReply> | undefined {
  const replies: Record<string, RecordedReply> = {};
  for (const [name, candidates] of Object.entries(alias)) {
    const known = candidates.find((candidate) => row.models[candidate]?.out_tok !== undefined);
    const reply = known === undefined ? undefined : row.models[known];
    if (known === undefined || reply?.out_tok === undefined) return undefined;
    replies[name] = {
      score: reply.q,
      inputTokens: reply.in_tok ?? row.in_tok,
      outputTokens: Math.max(1, reply.out_tok),
      text: texts[known],
    };
  }
  return replies;
}

async function readTexts(file: string): Promise<Map<string, Record<string, string>>> {
  const texts = new Map<string, Record<string, string>>();
  for await (const line of linesOf(file)) {
    const { id, outputs } = JSON.parse(line) as { id: string; outputs: Record<string, string> };
    texts.set(id, outputs);
  }
  return texts;
}

async function readPrices(routerDataDir: string, alias: Record<string, string[]>): Promise<PoolModel[]> {
  const prices = JSON.parse(await readFile(join(routerDataDir, 'models.json'), 'utf8')) as Record<
    string,
    { price_in: number; price_out: number }
  >;
  return Object.entries(alias).map(([name, candidates]) => {
    const price = candidates.map((candidate) => prices[candidate]).find((p) => p !== undefined);
    if (price === undefined) throw new Error(`models.json has no price for ${name}`);
    return { name, inputUsdPerMtok: price.price_in, outputUsdPerMtok: price.price_out };
  });
}

/** Near-duplicates (same letters and digits at the beginning) stay in one part: 57 % to train, 15 % to tune, 28 % to test. */
function partOf(prompt: string): RecordedPrompt['part'] {
  const opening = prompt
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 120);
  const place = createHash('sha256').update(opening).digest().readUInt16BE(0) % 100;
  return place < 57 ? 'train' : place < 72 ? 'tune' : 'test';
}

async function* linesOf(file: string): AsyncIterable<string> {
  for await (const line of createInterface({
    input: createReadStream(file).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line !== '') yield line;
  }
}

/** Writes prompts in the shape that `pointsman router train` reads. */
export async function writeTrainingRows(file: string, prompts: readonly RecordedPrompt[]): Promise<void> {
  const lines = prompts.map(({ id, source, domain, prompt, replies }) => {
    const models = Object.fromEntries(
      Object.entries(replies).map(([name, r]) => [name, { q: r.score, out_tok: r.outputTokens }]),
    );
    return JSON.stringify({ id, source, domain, quality_kind: 'exact_match', prompt, models });
  });
  await writeFile(file, `${lines.join('\n')}\n`);
}

/** What the emulator answers. */
export function recordingsOf(prompts: readonly RecordedPrompt[]): Recording[] {
  return prompts.map(({ prompt, replies }) => ({ prompt, replies }));
}
