import { GatewayError, type JudgeIdentity } from '@pointsman/contracts';
import { JUDGE_DEFAULTS, type Judge, judgeIdentity, judgeReply, readJudgePrompts, readRubrics } from '@pointsman/judge';
import type { CallableModel, RunJudge } from '../runs/evaluate-item.ts';

export type JudgeOptions = {
  samples?: number | undefined;
  temperature?: number | undefined;
  /** One call for each dimension instead of one for all. */
  separately?: boolean | undefined;
};

export type OpenedJudge = RunJudge & { judge: RunJudge['judge']; identity: JudgeIdentity; configuration: Judge };

/** Room for an explanation of six dimensions, and for a reasoning model to think first. */
export const MOST_VERDICT_TOKENS = 4_096;

/** A judge model with the rubrics and the prompt that ship with this version, ready to be asked. */
export async function openJudge(callable: CallableModel, options: JudgeOptions = {}): Promise<OpenedJudge> {
  const [rubrics, prompts] = await Promise.all([readRubrics(), readJudgePrompts()]);
  const configuration: Judge = {
    model: callable.model.id,
    samples: options.samples ?? JUDGE_DEFAULTS.samples,
    temperature: options.temperature ?? JUDGE_DEFAULTS.temperature,
    strict: callable.model.capabilities.structuredOutput === 'json_schema',
    separately: options.separately ?? JUDGE_DEFAULTS.separately,
    rubrics,
    prompt: prompts.verdict,
  };
  return {
    ...callable,
    configuration,
    identity: judgeIdentity(configuration),
    async judge({ case: subject, reply, dimensions, ask }) {
      const bounded: typeof ask = (request, about) =>
        ask({ ...request, max_completion_tokens: MOST_VERDICT_TOKENS }, about);
      const asked = { ask: bounded, judge: configuration, case: subject, reply, dimensions };
      const { verdicts, samples } = await judgeReply(asked);
      const judgeReplies = samples.map(({ record: { outcome, tries } }) => ({ outcome, tries }));
      return { verdicts, judgeReplies };
    },
  };
}

/**
 * The judge that a run was begun with.
 * @throws {GatewayError} `conflict` when rubric or prompt are other ones now: its scores would not compare.
 */
export async function reopenJudge(callable: CallableModel, identity: JudgeIdentity): Promise<OpenedJudge> {
  for (const separately of [false, true]) {
    const judge = await openJudge(callable, { ...identity, separately });
    if (judge.identity.hash === identity.hash) return judge;
  }
  throw new GatewayError(
    'conflict',
    `the judge's prompt or rubrics changed since the run began (${identity.hash.slice(0, 12)}): cancel it and begin anew`,
  );
}
