import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mean } from '@pointsman/statistics';

/** One reply on one dimension, rated by people and scored by judges. See README.md beside the data. */
export type RatedReply = {
  item_id: string;
  group_id: string;
  system?: string;
  dimension: string;
  human_ratings: number[];
  rater_ids?: number[];
  judges: { judge_model: string; prompt: string; samples: number[]; distribution?: number[] }[];
  features: Record<string, number>;
};

/** One pair of summaries, judged in both orders. */
export type JudgedPair = {
  group_id: string;
  dimension: string;
  human_mean_a: number;
  human_mean_b: number;
  judge_model: string;
  verdict_AB: 'a' | 'b' | 'tie';
  verdict_BA: 'a' | 'b' | 'tie';
};

export type JudgeData = {
  /** News summaries by twelve systems, four dimensions, three experts. */
  summeval: RatedReply[];
  summevalPairs: JudgedPair[];
  /** Stories whose raters hardly agree. */
  hanna: RatedReply[];
  /** Scores of which the judge's own distribution is known. */
  llmRubric: RatedReply[];
};

/** The judge whose scores are calibrated, compared and watched. */
export const JUDGE = 'gpt-4-0314/rts';
export const SCALE: [number, number] = [1, 5];
/** Of the calibrations of this demo: when the data was collected. */
export const FITTED_AT = '2026-11-20T00:00:00Z';

export function readJudgeData(folder: string): JudgeData {
  const read = <Row>(name: string) => readRows<Row>(join(folder, name));
  return {
    summeval: read('summeval.ratings.jsonl.gz'),
    summevalPairs: read('summeval-h2h.ratings.jsonl.gz'),
    hanna: read('hanna.ratings.jsonl.gz'),
    llmRubric: read('llm-rubric.ratings.jsonl.gz'),
  };
}

function readRows<Row>(path: string): Row[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

/** Model and prompt of a judge. */
export const judgeName = (judge: RatedReply['judges'][number]) => `${judge.judge_model}/${judge.prompt}`;

/** One judge's mean score. @throws Error where it gave none. */
export function scoreOf(reply: RatedReply, judge: string): number {
  const found = reply.judges.find((one) => judgeName(one) === judge);
  if (found === undefined) throw new Error(`${judge} gave no score of ${reply.item_id} for ${reply.dimension}`);
  return mean(found.samples);
}

export const humanMean = (reply: RatedReply) => mean(reply.human_ratings);

/** Replies by dimension, in the order dimensions first occur. */
export const byDimension = (replies: readonly RatedReply[]) => Map.groupBy(replies, ({ dimension }) => dimension);
