import { createHash } from 'node:crypto';
import type { EvaluationReport } from '@pointsman/contracts';
import { calibrationSection, judgeRepliesSection, methodSection, unknownsSection } from './html/closing-sections.ts';
import { economicsSection } from './html/economics-section.ts';
import { examplesSection } from './html/examples-section.ts';
import { headline } from './html/headline.ts';
import { html, type Markup, trusted } from './html/markup.ts';
import { metricsSection } from './html/metrics-section.ts';
import { overview } from './html/overview.ts';
import { PAGE_SCRIPT } from './html/page-script.ts';
import { PAGE_STYLE } from './html/page-style.ts';
import { slicesSection } from './html/slices-section.ts';
import { whole } from './interval-text.ts';
import { benchmarkName, EMULATED } from './report-words.ts';

/** One page that opens offline: nothing in it is fetched, and only its own script may run. */
export function renderHtml(reports: readonly EvaluationReport[]): string {
  const title = `Evaluation on ${[...new Set(reports.map(({ benchmark }) => benchmarkName(benchmark)))].join(', ')}`;
  return html`${trusted('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${SECURITY_POLICY}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
${reports.some(({ emulated }) => emulated) ? html`<p class="emulated" role="note">${EMULATED}</p>` : undefined}
<main>
<header class="page"><h1>${title}</h1><p>${reports[0] && runLine(reports[0])}</p></header>
${reports.length === 0 ? html`<p>There is no report: nothing was evaluated.</p>` : undefined}
${overview(reports, idOf)}
${reports.map((report, index) => article(report, idOf(index)))}
</main>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`.markup;
}

const SCRIPT_HASH = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
const SECURITY_POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

const idOf = (index: number): string => `candidate-${index + 1}`;

const runLine = ({ benchmark, judge, finishedAt, runId }: EvaluationReport): string =>
  `${whole(benchmark.cases)} cases · judged by ${judge.model} · ${finishedAt.slice(0, 16).replace('T', ' ')} UTC · ${runId}`;

const article = (report: EvaluationReport, id: string): Markup => html`<article id="${id}">
${headline(report)}
${metricsSection(report)}
${unknownsSection(report)}
${slicesSection(report, id)}
${economicsSection(report)}
${examplesSection(report, id)}
${calibrationSection(report)}
${judgeRepliesSection(report)}
${methodSection(report)}
</article>`;
