import type { BenchmarkCase } from '@pointsman/contracts';
import { readCsv, writeCsv } from './csv.ts';
import { readHuggingFace } from './huggingface.ts';
import { readJsonl, writeJsonl } from './jsonl.ts';
import { readLmEval } from './lm-eval.ts';
import { readOpenAiEvals } from './openai-evals.ts';
import { readOpenAiHosted } from './openai-hosted.ts';
import { readPromptfoo } from './promptfoo/read-promptfoo.ts';
import type { Content, ReadOptions } from './read-options.ts';
import type { Row } from './row.ts';

export type CaseFormat = {
  read(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>>;
  /** Absent where the format cannot say what a case says. */
  write?: (cases: readonly BenchmarkCase[]) => string;
};

/** Every format that cases are read from, by the name the command line knows it by. */
export const CASE_FORMATS = {
  jsonl: { read: readJsonl, write: writeJsonl },
  csv: { read: readCsv, write: writeCsv },
  promptfoo: { read: readPromptfoo },
  'openai-evals': { read: readOpenAiEvals },
  'openai-hosted': { read: readOpenAiHosted },
  'lm-eval': { read: readLmEval },
  huggingface: { read: readHuggingFace },
} as const satisfies Record<string, CaseFormat>;
export type CaseFormatName = keyof typeof CASE_FORMATS;

export const CASE_FORMAT_NAMES = Object.keys(CASE_FORMATS) as CaseFormatName[];
