import { DIFFICULTIES, type EvaluationReport, type MetricComparison, type SliceComparison } from '@pointsman/contracts';
import { intervalParts, pointsNumber, scoreNumber, TOO_FEW, whole } from '../interval-text.ts';
import { METRIC_TITLES, SLICE_TITLES } from '../report-words.ts';
import { slicesCsv } from '../slices-csv.ts';
import { html, type Markup } from './markup.ts';

/** Every slice by every metric as a heat table: differences where there is a baseline, else means. */
export function slicesSection(report: EvaluationReport, id: string): Markup | undefined {
  const { slices, metrics, baseline } = report;
  if (slices.length === 0) return undefined;
  const groups = Map.groupBy(slices, ({ by }) => by);
  const what = baseline === undefined ? 'Mean scores' : 'Candidate less baseline, in points';
  return html`<section><h3 id="${id}-slices">Slices</h3>
<p class="legend">${what}, each with its 95 % interval. ${baseline === undefined ? undefined : MARKS} <a download="slices-${report.runId}.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(slicesCsv(report))}">Download as CSV</a></p>
<p class="controls" hidden><label><input type="checkbox" data-only-marked="${id}-heat"> only slices with a mark</label></p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-slices"><table class="heat" id="${id}-heat">
<thead><tr><th scope="col">Slice</th><th scope="col">Cases</th>${metrics.map(({ metric }) => html`<th scope="col">${METRIC_TITLES[metric]}</th>`)}</tr></thead>
${[...groups].map(([by, members]) => group(by, members, metrics.length + 2))}
</table></div></section>`;
}

const MARKS = html`<b class="mark worse">▼</b> worse and <b class="mark better">▲</b> better stay so when corrected for the number of slices.`;

function group(by: SliceComparison['by'], slices: readonly SliceComparison[], columns: number): Markup {
  const ordered = by === 'difficulty' ? slices.toSorted((a, b) => difficultyOf(a) - difficultyOf(b)) : slices;
  return html`<tbody><tr class="group"><th scope="rowgroup" colspan="${columns}"><span>${SLICE_TITLES[by]}</span></th></tr>${ordered.map(row)}</tbody>`;
}

const difficultyOf = ({ value }: SliceComparison): number => (DIFFICULTIES as readonly string[]).indexOf(value);

function row({ value, metrics }: SliceComparison): Markup {
  const marked = metrics.some(({ direction }) => direction === 'worse' || direction === 'better');
  const cases = metrics.find(({ metric }) => metric === 'overall')?.candidate;
  const count = cases === undefined ? '–' : whole(cases.scored + cases.missing);
  return html`<tr class="${marked ? 'marked' : ''}"><th scope="row">${value}</th><td class="cases">${count}</td>${metrics.map(heatCell)}</tr>`;
}

function heatCell(metric: MetricComparison): Markup {
  const { difference, candidate, direction } = metric;
  const parts =
    difference === undefined ? intervalParts(candidate.mean, scoreNumber) : intervalParts(difference, pointsNumber);
  if (parts === undefined) return html`<td><span class="few">${TOO_FEW}</span></td>`;
  return html`<td class="${heatOf(metric)}"><span class="estimate">${mark(direction)}${parts.estimate}</span> <span class="range">${parts.interval}</span></td>`;
}

function mark(direction: MetricComparison['direction']): Markup | undefined {
  if (direction === 'worse') return html`<b class="mark worse" title="worse">▼</b> `;
  return direction === 'better' ? html`<b class="mark better" title="better">▲</b> ` : undefined;
}

/** How warm a cell is: by how many of the smallest differences that matter, or how far the mean is from 1. */
function heatOf({ difference, candidate, minEffect }: MetricComparison): string {
  if (difference === undefined)
    return 'tooFew' in candidate.mean ? '' : `score-${Math.round(4 * candidate.mean.estimate)}`;
  if ('tooFew' in difference) return '';
  const size = Math.abs(difference.estimate) / minEffect;
  const level = [0.5, 1, 2, 4].filter((step) => size >= step).length;
  return level === 0 ? '' : `${difference.estimate < 0 ? 'worse' : 'better'}-${level}`;
}
