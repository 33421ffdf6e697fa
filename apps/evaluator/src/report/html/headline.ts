import type { EvaluationReport } from '@pointsman/contracts';
import { dollars, duration, pointsNumber, scoreNumber } from '../interval-text.ts';
import { contestantName, VERDICT_TITLES } from '../report-words.ts';
import { summariseReport } from '../summarise-report.ts';
import { html, type Markup, type Part } from './markup.ts';
import { measured } from './measured-cell.ts';

/** The verdict in one word, what it is of, why, and the four numbers that a reader asks for first. */
export function headline(report: EvaluationReport): Markup {
  const { candidate, baseline, verdict } = report;
  const against =
    baseline === undefined ? undefined : html` <span class="against">against</span> <b>${contestantName(baseline)}</b>`;
  const word = baseline === undefined ? 'No baseline' : VERDICT_TITLES[verdict];
  return html`<header class="headline ${baseline === undefined ? 'described' : verdict}">
<p class="verdict">${word}</p>
<h2><b>${contestantName(candidate)}</b>${against}</h2>
<ul>${summariseReport(report).map((sentence) => html`<li>${sentence}</li>`)}</ul>
</header>
${keyFigures(report)}`;
}

function keyFigures({ metrics, economics }: EvaluationReport): Markup {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  return html`<dl class="figures">
${figure('Overall score', measured(overall?.candidate.mean, scoreNumber))}
${overall?.difference && figure('Against the baseline, points', measured(overall.difference, pointsNumber))}
${figure('Cost per case', measured(economics.candidate.meanCostNanoUsd, dollars))}
${figure('Median latency', measured(economics.candidate.latencyP50Ms, duration))}
</dl>`;
}

const figure = (name: string, value: Part): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
