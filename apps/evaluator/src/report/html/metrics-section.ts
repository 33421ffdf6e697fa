import type { EvaluationReport, MetricComparison } from '@pointsman/contracts';
import { marginText, pointsNumber, pText, scoreNumber, TOO_FEW, whole } from '../interval-text.ts';
import { BASIS_TITLES, directionTitle, METRIC_TITLES, VERDICT_TITLES } from '../report-words.ts';
import { intervalPlot, metricScale, plotAxis } from './interval-plot.ts';
import { html, type Markup } from './markup.ts';
import { measured } from './measured-cell.ts';
import type { PlotScale } from './plot-scale.ts';

/** Every metric: verdict, both means, the difference as number and drawing. On a phone each row is a card. */
export function metricsSection({ metrics, baseline }: EvaluationReport): Markup {
  if (metrics.length === 0) return html`<section><h3>Metrics</h3><p>Nothing was scored.</p></section>`;
  const scale = metricScale(metrics);
  const compared = baseline !== undefined;
  return html`<section><h3>Metrics</h3>
${compared ? legend(metrics) : undefined}
<table class="metrics" role="table">
<thead role="rowgroup"><tr role="row">${headings(compared).map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}<th role="columnheader" scope="col" class="drawn"><span class="title">${compared ? 'Difference' : 'Mean'}</span>${plotAxis(scale)}</th></tr></thead>
<tbody role="rowgroup">${metrics.map((metric) => row(metric, scale, compared))}</tbody>
</table></section>`;
}

const headings = (compared: boolean): string[] =>
  compared ? ['Metric', 'Verdict', 'Candidate', 'Baseline', 'Points', 'Adjusted p'] : ['Metric', 'Candidate'];

function legend(metrics: readonly MetricComparison[]): Markup {
  const missing = metrics.some(({ bounds }) => bounds !== undefined);
  const item = (kind: string, text: string): Markup =>
    html`<span class="item"><span class="swatch ${kind}"></span>${text}</span> `;
  return html`<p class="legend">${item('margin', `within ±${marginText(metrics[0]?.minEffect ?? 0)} points: too little to matter`)}${item('line', '95 % interval of candidate less baseline')}${missing ? item('dashes', 'if all missing scores were the worst, or the best, possible') : undefined}</p>`;
}

function row(metric: MetricComparison, scale: PlotScale, compared: boolean): Markup {
  const { verdict, candidate, baseline, difference, adjustedP } = metric;
  const cells = compared
    ? [
        cell(
          'Verdict',
          html`<span class="chip ${verdict}">${VERDICT_TITLES[verdict]}</span> <span class="direction">${directionTitle(metric)}</span>`,
        ),
        cell('Candidate', measured(candidate.mean, scoreNumber), 'number'),
        cell('Baseline', measured(baseline?.mean, scoreNumber), 'number'),
        cell('Points', measured(difference, pointsNumber), 'number difference'),
        cell('Adjusted p', pText(adjustedP), 'number'),
      ]
    : [cell('Candidate', measured(candidate.mean, scoreNumber), 'number')];
  return html`<tr role="row" class="${metric.metric}"><th role="rowheader" scope="row">${METRIC_TITLES[metric.metric]}<small>${provenance(metric)}</small></th>${cells}<td role="cell" class="drawn">${drawn(metric, scale)}</td></tr>`;
}

const cell = (label: string, content: Markup | string, kind = ''): Markup =>
  html`<td role="cell" data-label="${label}" class="${kind}">${content}</td>`;

function drawn(metric: MetricComparison, scale: PlotScale): Markup {
  if ('tooFew' in (metric.difference ?? metric.candidate.mean)) return html`<span class="few">${TOO_FEW}</span>`;
  return html`${intervalPlot(metric, scale)}${plotAxis(scale)}`;
}

/** What stands behind a row: whose scores, of how many replies. */
function provenance({ basis, annotated, candidate }: MetricComparison): string {
  const rated = annotated === 0 ? '' : `, ${whole(annotated)} rated by people`;
  const missing = candidate.missing === 0 ? '' : `, ${whole(candidate.missing)} missing`;
  return `${BASIS_TITLES[basis]}, ${whole(candidate.scored)} scored${missing}${rated}`;
}
