import type { EvaluationReport } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { bytesOf } from './markdown/fit-sections.ts';
import { renderMarkdown } from './render-markdown.ts';

const report: EvaluationReport = { ...sampleReport({ cases: 168 }), verdict: 'regression' };

describe('the Markdown report', () => {
  it('starts with the verdict, what it is of and why', () => {
    expect(renderMarkdown([report])).toMatch(
      /^## Pointsman evaluation\n\n### ❌ REGRESSION: `mistral\/mistral-small-3\.2 with support\.md \(b1946ac9\)` against `openai\/gpt-4\.1`\n\nOn `starter@1` \(168 cases\)[^\n]+\n\n- /,
    );
  });

  it('has a row for each metric, differences with intervals', () => {
    const rows = renderMarkdown([report]).match(
      /^\| (Overall|Factual accuracy|Coherence|Relevance|Completeness|Tone|Safety) \| .*points?.*|^\| \w[\w ]+ \| (✅|❌|⚪) \w+ .*\[.*\].*$/gm,
    );
    expect(rows).toHaveLength(report.metrics.length);
  });

  it('folds everything that is not the verdict, each fold closed', () => {
    const text = renderMarkdown([report]);
    expect(text.match(/<details>/g)).toHaveLength(3 + report.examples.length);
    expect(text.match(/<\/details>/g)).toHaveLength(3 + report.examples.length);
  });

  it.each([65_536, 20_000, 6_000, 3_500])('stays within %i bytes and never cuts a fold open', (limit) => {
    const long = sampleReport({ hostileText: '`'.repeat(400) + 'é@octocat '.repeat(4_000), cases: 84 });
    const text = renderMarkdown([long, report, report], { limit, whole: '[the run](https://example.org)' });
    expect(bytesOf(text)).toBeLessThanOrEqual(limit);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('says what was cut and where the whole is', () => {
    expect(renderMarkdown([report], { limit: 8_000, whole: '[the run](https://example.org)' })).toMatch(
      /Left out: .*worst examples.* The whole report: \[the run\]\(https:\/\/example\.org\)\.$/,
    );
  });

  it('quotes what models wrote where it can do nothing', () => {
    const text = renderMarkdown([sampleReport({ hostileText: '</details>\n```\n# owned @octocat\n', cases: 28 })]);
    expect(text).toContain('````text\n</details>\n```\n# owned @octocat\n\n````');
  });

  it('warns of emulation before anything else', () => {
    expect(renderMarkdown([sampleReport({ cases: 28, emulated: true })])).toMatch(
      /^## Pointsman evaluation\n\n> \[!WARNING\]\n> Emulated/,
    );
  });

  it('gives several candidates one table, and calls a missing baseline that', () => {
    const text = renderMarkdown([
      report,
      sampleReport({ cases: 28, baseline: undefined, candidate: { model: 'groq/llama' } }),
    ]);
    expect(text).toMatch(/\| `groq\/llama` \| no baseline \| 0\.\d{3} \[/);
    expect(text).toContain('### No baseline: `groq/llama`');
  });

  it('says so when nothing was evaluated', () => {
    expect(renderMarkdown([])).toBe('There is no report: nothing was evaluated.\n');
  });
});
