import { createHash } from 'node:crypto';
import type { EvaluationReport } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../test/sample-report.ts';
import { unbalancedTags } from '../../test/unbalanced-tags.ts';
import { renderHtml } from './render-html.ts';

const HOSTILE = `</pre></details><script>alert(1)</script><img src=x onerror="alert(2)"><svg onload=alert(3)> '"&lt; \${7*7}`;

const report: EvaluationReport = { ...sampleReport({ hostileText: HOSTILE }), verdict: 'regression' };
const page = renderHtml([report]);

const texts = (markup: string): string =>
  markup.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');

describe('the HTML report', () => {
  it('closes every tag that it opens', () => {
    expect(unbalancedTags(page)).toEqual([]);
    expect(unbalancedTags(renderHtml([report, sampleReport({ baseline: undefined, cases: 28 })]))).toEqual([]);
    expect(unbalancedTags(renderHtml([]))).toEqual([]);
  });

  it('keeps what models wrote as text', () => {
    expect(report.examples.some(({ candidate }) => candidate.text === HOSTILE)).toBe(true);
    expect(page).toContain(
      '&lt;/pre&gt;&lt;/details&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(2)&quot;&gt;',
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img|<svg onload/);
  });

  it('keeps every other text of a report as text: names, prompts, reasons, ids', () => {
    const evil = '"><script>alert(1)</script>';
    const [example] = report.examples;
    const everywhere = {
      ...report,
      runId: evil,
      judge: { ...report.judge, model: evil },
      benchmark: { ...report.benchmark, name: evil },
      candidate: { model: evil, prompt: { name: evil, text: evil, hash: evil } },
      unknowns: [evil],
      calibration: report.calibration.map((one) => ({ ...one, detail: evil })),
      slices: report.slices.map((slice) => ({ ...slice, value: evil })),
      examples: [{ ...example, caseId: evil, language: evil, prompt: evil, reference: evil }],
    } as EvaluationReport;
    const hostile = renderHtml([everywhere, everywhere]);
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(unbalancedTags(hostile)).toEqual([]);
  });

  it('fetches nothing: every link is a place in it or its own data', () => {
    const targets = [...page.matchAll(/\s(?:src|href|srcset|action)="([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !/^(#|data:text\/csv)/.test(target))).toEqual([]);
    expect(page).not.toMatch(/@import|url\(|<link|<iframe/);
  });

  it('lets no script run but its own', () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`);
  });

  it('shows verdict, contestants and what is not known', () => {
    const text = texts(page).replace(/\s+/g, ' ');
    expect(text).toContain('Regression mistral/mistral-small-3.2 with support.md (b1946ac9) against openai/gpt-4.1');
    for (const sentence of report.unknowns) expect(text).toContain(sentence.replaceAll("'", '&#39;'));
  });

  it('gives every estimate its interval, its samples, or the words that there are too few', () => {
    const bare = page.replace(/<b class="mark[^>]*>.<\/b> /g, '');
    const estimates = bare.match(/<span class="estimate">[^<]*<\/span>/g) ?? [];
    const followed =
      bare.match(
        /<span class="estimate">[^<]*<\/span> <span class="range">(\[[^\]]+, [^\]]+\]|[^<]*(samples?|checks?)[^<]*)<\/span>/g,
      ) ?? [];
    expect(estimates.length).toBeGreaterThan(200);
    expect(followed).toHaveLength(estimates.length);
    expect(renderHtml([sampleReport({ cases: 28 })])).toContain('<span class="few">too few samples</span>');
  });

  it('tells how usable the judge’s replies were, and nothing where it was not asked', () => {
    expect(texts(page)).toMatch(/was asked 2,090 questions; it refused 1, and 3 were not answered/);
    const { judgeValidation: _judge, ...silent } = report;
    expect(texts(renderHtml([silent]))).not.toContain('Replies of the judge');
  });

  it('draws each difference with the margin that matters', () => {
    expect(page.match(/<svg class="plot"/g)).toHaveLength(report.metrics.length);
    expect(page.match(/<rect class="margin"/g)).toHaveLength(report.metrics.length);
  });

  it('is whole without its script: what needs it is hidden', () => {
    const controls = page.match(/<p class="controls"[^>]*>/g) ?? [];
    expect(controls.length).toBeGreaterThan(0);
    expect(controls.every((tag) => tag.includes(' hidden'))).toBe(true);
  });

  it('says in a banner when the run was emulated, and only then', () => {
    expect(renderHtml([sampleReport({ cases: 28, emulated: true })])).toContain(
      '<p class="emulated" role="note">Emulated',
    );
    expect(page).not.toContain('<p class="emulated"');
  });

  it('describes a lone contestant without a word of verdict', () => {
    const lone = texts(renderHtml([sampleReport({ baseline: undefined, cases: 84 })]));
    expect(lone).toContain('No baseline');
    expect(lone).not.toMatch(/Inconclusive|Pass\b(?!:)/);
  });

  it('links several candidates from one table', () => {
    const many = renderHtml([report, sampleReport({ cases: 28, seed: 'other', candidate: { model: 'groq/llama' } })]);
    expect(many).toContain('<a href="#candidate-2">groq/llama</a>');
    expect(many).toContain('<article id="candidate-2">');
  });

  it('says so when nothing was evaluated', () => {
    expect(texts(renderHtml([]))).toContain('There is no report: nothing was evaluated.');
  });
});
