export { dimensionsToAsk } from './asking/dimensions-to-ask.ts';
export {
  type AskJudge,
  JUDGE_DEFAULTS,
  type Judge,
  type JudgedCase,
  JudgingStopped,
  type Sampling,
} from './asking/judge.ts';
export { judgeIdentity } from './asking/judge-identity.ts';
export { type JudgedReply, type JudgeReplyOptions, type JudgeSample, judgeReply } from './asking/judge-reply.ts';
export { unscoredVerdicts } from './asking/score-samples.ts';
export type { AskedVerdict, JudgeChoice } from './asking/verdict-schema.ts';
export { type JudgeQuestion, VERDICT_SCHEMA_NAME, writeJudgeRequest } from './asking/write-judge-request.ts';
export {
  type ComparePairOptions,
  comparePair,
  type PairComparison,
  type PairQuestion,
  type PairSample,
  type PairWinner,
} from './pairs/compare-pair.ts';
export { type PairJudge, PREFERENCE_SCHEMA_NAME, writePairRequest } from './pairs/write-pair-request.ts';
export {
  type PairPrompt,
  parsePairPrompt,
  parseVerdictPrompt,
  promptHash,
  type VerdictPrompt,
} from './prompts/judge-prompt.ts';
export { type JudgePrompts, readJudgePrompts } from './prompts/read-judge-prompts.ts';
export type { DataFile } from './rubrics/data-file.ts';
export { readRubrics } from './rubrics/read-rubrics.ts';
export { parseRubrics, type RubricSet, rubricHash } from './rubrics/rubric-set.ts';
