import type { EvaluationReport } from '@pointsman/contracts';
import { dollars, pointsNumber, scoreNumber } from '../interval-text.ts';
import { contestantName, VERDICT_TITLES } from '../report-words.ts';
import { html, type Markup } from './markup.ts';
import { measured } from './measured-cell.ts';

/** All candidates of a run at a glance, each a link to its own part; undefined for a single one. */
export function overview(reports: readonly EvaluationReport[], idOf: (index: number) => string): Markup | undefined {
  if (reports.length < 2) return undefined;
  return html`<nav aria-label="Candidates"><div class="scroll" tabindex="0" role="region" aria-label="Candidates at a glance"><table class="plain overview"><thead><tr><th scope="col">Candidate</th><th scope="col">Verdict</th><th scope="col">Overall</th><th scope="col">Points</th><th scope="col">Cost per case</th></tr></thead><tbody>
${reports.map((report, index) => row(report, idOf(index)))}</tbody></table></div></nav>`;
}

function row({ candidate, verdict, baseline, metrics, economics }: EvaluationReport, id: string): Markup {
  const overall = metrics.find(({ metric }) => metric === 'overall');
  const chip =
    baseline === undefined ? 'no baseline' : html`<span class="chip ${verdict}">${VERDICT_TITLES[verdict]}</span>`;
  return html`<tr><th scope="row"><a href="#${id}">${contestantName(candidate)}</a></th><td>${chip}</td><td class="number">${measured(overall?.candidate.mean, scoreNumber)}</td><td class="number">${measured(overall?.difference, pointsNumber)}</td><td class="number">${measured(economics.candidate.meanCostNanoUsd, dollars)}</td></tr>`;
}
