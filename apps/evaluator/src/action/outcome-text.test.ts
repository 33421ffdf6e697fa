import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { bytesOf } from '../report/markdown/fit-sections.ts';
import { errorOutcome } from './action-outcome.ts';
import { outcomeText } from './outcome-text.ts';

const context = { commit: 'c3d2a8f15e904b7d8c6f2a1b0e9d7c5b3a4f6e82', runUrl: 'https://github.com/o/r/actions/runs/7' };
const reports = [sampleReport({ cases: 168 })];

describe('an outcome as Markdown', () => {
  it.each([3_000, 10_000, 65_536])('stays within %i bytes with everything it says', (limit) => {
    const notes = ['The prompt is new: the baseline ran without one.'];
    const text = outcomeText({ verdict: 'regression', reports, notes, spentNanoUsd: 0 }, context, limit);
    expect(bytesOf(text)).toBeLessThanOrEqual(limit);
    expect(text).toContain('- The prompt is new');
    expect(text).toContain('Commit c3d2a8f15e90 · [the workflow run](https://github.com/o/r/actions/runs/7)');
  });

  it('says first that nothing was decided, and quotes the reason where it can do nothing', () => {
    const text = outcomeText(errorOutcome('```\n## PASS @octocat'), { commit: undefined, runUrl: undefined }, 10_000);
    expect(text).toMatch(
      /^## Pointsman evaluation\n\n### 🛑 COULD NOT RUN\n\nNothing was decided: this is neither a pass nor a regression\.\n\n````text\n```\n## PASS @octocat\n````/,
    );
  });

  it('cuts a reason that is longer than anybody reads', () => {
    expect(bytesOf(outcomeText(errorOutcome('x'.repeat(90_000)), context, 65_536))).toBeLessThan(5_000);
  });
});
