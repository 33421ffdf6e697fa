import { judgeIdentitySchema } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from '../../test/scripted-judge.ts';
import { judgeIdentity } from './judge-identity.ts';

describe('a judge’s identity', () => {
  it('is what scores are compared by', () => {
    const identity = judgeIdentity(judge);
    expect(judgeIdentitySchema.parse(identity)).toEqual(identity);
    expect(identity).toMatchObject({ model: 'acme/judge', samples: 5, temperature: 1 });
    expect(identity.rubrics.tone).toEqual({ version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('is another one as soon as anything is that scores depend on', () => {
    const { rubrics, prompt } = judge;
    const others = [
      judge,
      { ...judge, model: 'acme/other' },
      { ...judge, samples: 3 },
      { ...judge, temperature: 0 },
      { ...judge, strict: false },
      { ...judge, separately: true },
      { ...judge, prompt: { ...prompt, system: [...prompt.system, 'Be strict.'] } },
      { ...judge, rubrics: { ...rubrics, tone: { ...rubrics.tone, title: 'Voice' } } },
    ];
    expect(new Set(others.map((other) => judgeIdentity(other).hash)).size).toBe(others.length);
    expect(judgeIdentity({ ...judge }).hash).toBe(judgeIdentity(judge).hash);
  });
});
