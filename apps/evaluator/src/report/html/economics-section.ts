import type { Economics, EvaluationReport, MeasuredValue } from '@pointsman/contracts';
import { dollars, duration, scoreNumber, whole } from '../interval-text.ts';
import { contestantName } from '../report-words.ts';
import { html, type Markup } from './markup.ts';
import { measured } from './measured-cell.ts';
import { type QualityPoint, qualityPlot } from './quality-plot.ts';

/** What a reply costs and how long it takes, beside how good it is. */
export function economicsSection(report: EvaluationReport): Markup {
  const { economics } = report;
  return html`<section><h3>Quality, cost and latency</h3>
<div class="economics">${economicsTable(report)}
${qualityPlot(
  pointsOf(report, ({ meanCostNanoUsd }) => meanCostNanoUsd),
  'cost per case',
  dollars,
)}
${qualityPlot(
  pointsOf(report, ({ latencyP50Ms }) => latencyP50Ms),
  'median latency',
  duration,
)}</div>
${economics.candidate.unknownCosts > 0 ? html`<p class="legend">The cost of ${whole(economics.candidate.unknownCosts)} of the candidate’s replies is not known: the mean is of the others.</p>` : undefined}
</section>`;
}

function pointsOf(
  { metrics, economics, candidate, baseline }: EvaluationReport,
  price: (economics: Economics) => MeasuredValue,
): QualityPoint[] {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  if (overall === undefined) return [];
  const ours: QualityPoint = {
    kind: 'candidate',
    name: contestantName(candidate),
    quality: overall.candidate.mean,
    price: price(economics.candidate),
  };
  if (baseline === undefined || overall.baseline === undefined || economics.baseline === undefined) return [ours];
  const quality = overall.baseline.mean;
  return [{ kind: 'baseline', name: contestantName(baseline), quality, price: price(economics.baseline) }, ours];
}

type Line = [name: string, value: (economics: Economics) => MeasuredValue, numberText: (value: number) => string];

const LINES: readonly Line[] = [
  ['Cost per case', ({ meanCostNanoUsd }) => meanCostNanoUsd, dollars],
  ['Latency, median', ({ latencyP50Ms }) => latencyP50Ms, duration],
  ['Latency, 95th percentile', ({ latencyP95Ms }) => latencyP95Ms, duration],
  ['Tokens per reply', ({ meanOutputTokens }) => meanOutputTokens, (count) => whole(Math.round(count))],
];

function economicsTable({ economics, metrics }: EvaluationReport): Markup {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  const { candidate, baseline } = economics;
  const row = (name: string, ours: Markup, theirs: Markup): Markup =>
    html`<tr><th scope="row">${name}</th><td class="number">${ours}</td>${baseline === undefined ? undefined : html`<td class="number">${theirs}</td>`}</tr>`;
  return html`<table class="plain"><thead><tr><td></td><th scope="col"><span class="key candidate"></span>Candidate</th>${baseline === undefined ? undefined : html`<th scope="col"><span class="key baseline"></span>Baseline</th>`}</tr></thead><tbody>
${row('Overall score', measured(overall?.candidate.mean, scoreNumber), measured(overall?.baseline?.mean, scoreNumber))}
${LINES.map(([name, value, numberText]) => row(name, measured(value(candidate), numberText), measured(baseline && value(baseline), numberText)))}
</tbody></table>`;
}
