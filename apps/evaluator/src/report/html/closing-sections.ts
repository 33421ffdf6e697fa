import type { EvaluationReport } from '@pointsman/contracts';
import { describeMethod } from '../describe-method.ts';
import { METRIC_TITLES } from '../report-words.ts';
import { html, type Markup } from './markup.ts';

/** What the report does not know: after the metrics, before anything that could distract from it. */
export function unknownsSection({ unknowns }: EvaluationReport): Markup {
  const list =
    unknowns.length === 0
      ? html`<p>Nothing that this run would know of.</p>`
      : html`<ul>${unknowns.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
  return html`<section class="unknowns"><h3>What is not known</h3>${list}</section>`;
}

/** Per dimension, whether the judge's scores were mapped to people's scale. */
export function calibrationSection({ calibration }: EvaluationReport): Markup | undefined {
  if (calibration.length === 0) return undefined;
  const rows = calibration.map(
    ({ dimension, status, detail }) =>
      html`<tr><th scope="row">${METRIC_TITLES[dimension]}</th><td><span class="chip ${status}">${status === 'calibrated' ? 'Calibrated' : 'Not calibrated'}</span></td><td class="why">${detail}</td></tr>`,
  );
  return html`<section><h3>Calibration of the judge</h3><div class="scroll" tabindex="0" role="region" aria-label="Calibration"><table class="plain"><thead><tr><th scope="col">Dimension</th><th scope="col">State</th><th scope="col">How</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** How the numbers came about, and what a run needs to be repeated. */
export function methodSection(report: EvaluationReport): Markup {
  const { paragraphs, facts } = describeMethod(report);
  return html`<section><h3>How this was computed</h3>
<div class="prose">${paragraphs.map((text) => html`<p>${text}</p>`)}</div>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}
