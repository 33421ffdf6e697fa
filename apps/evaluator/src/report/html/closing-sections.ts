import type { EvaluationReport } from '@pointsman/contracts';
import { describeMethod } from '../describe-method.ts';
import { percent, whole } from '../interval-text.ts';
import { METRIC_TITLES } from '../report-words.ts';
import { html, type Markup } from './markup.ts';
import { measured } from './measured-cell.ts';

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

const OUTCOMES = [
  ['success', 'Usable'],
  ['toReview', 'Usable, to be looked at'],
  ['failed', 'Not usable'],
] as const;

/** How often the judge answered what could be used, with and without validation and repair; undefined where it was not asked. */
export function judgeRepliesSection({ judgeValidation: judge }: EvaluationReport): Markup | undefined {
  if (judge === undefined) return undefined;
  const rows = OUTCOMES.map(([name, title]) => {
    const cells = [judge.withoutValidation[name], judge.withValidation[name]].map(
      ({ count, share }) =>
        html`<td class="number">${measured(share, percent)} <span class="range">${whole(count)} replies</span></td>`,
    );
    return html`<tr><th scope="row">${title}</th>${cells}</tr>`;
  });
  return html`<section><h3>Replies of the judge</h3>
<p class="legend">${judge.model} was asked ${whole(judge.questions)} questions; it refused ${whole(judge.refused)}, and ${whole(judge.notAnswered)} were not answered. Tries per question: ${measured(judge.triesPerQuestion, tries)}.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Replies of the judge"><table class="plain"><thead><tr><td></td><th scope="col">First replies alone</th><th scope="col">With validation and repair</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

const tries = (mean: number): string => mean.toFixed(2);

/** How the numbers came about, and what a run needs to be repeated. */
export function methodSection(report: EvaluationReport): Markup {
  const { paragraphs, facts } = describeMethod(report);
  return html`<section><h3>How this was computed</h3>
<div class="prose">${paragraphs.map((text) => html`<p>${text}</p>`)}</div>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}
