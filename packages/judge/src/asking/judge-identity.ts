import type { JudgeIdentity } from '@pointsman/contracts';
import { promptHash } from '../prompts/judge-prompt.ts';
import { byDimension } from '../rubrics/by-dimension.ts';
import { contentHash } from '../rubrics/content-hash.ts';
import { rubricHash } from '../rubrics/rubric-set.ts';
import type { Judge } from './judge.ts';

/** Everything the judge's scores depend on; `promptHash` covers the mode too, and `hash` all of it. */
export function judgeIdentity(judge: Judge): JudgeIdentity {
  const identity = {
    model: judge.model,
    promptHash: promptHash(judge.prompt, judge),
    rubrics: byDimension((dimension) => {
      const rubric = judge.rubrics[dimension];
      return { version: rubric.version, hash: rubricHash(rubric) };
    }),
    samples: judge.samples,
    temperature: judge.temperature,
  };
  return { ...identity, hash: contentHash(identity) };
}
