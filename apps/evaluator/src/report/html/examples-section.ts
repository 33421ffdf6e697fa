import { DIMENSIONS, type EvaluationReport, type ReportExample, type Verdict } from '@pointsman/contracts';
import { pointsNumber, scoreNumber } from '../interval-text.ts';
import { METRIC_TITLES } from '../report-words.ts';
import { html, type Markup } from './markup.ts';

type Side = ReportExample['candidate'];

/** The worst cases, replies side by side; what models and people wrote is shown as text and nothing else. */
export function examplesSection({ examples, baseline }: EvaluationReport, id: string): Markup | undefined {
  if (examples.length === 0) return undefined;
  const what =
    baseline === undefined
      ? 'Where the candidate scored least.'
      : 'Where the candidate lost most against the baseline.';
  return html`<section id="${id}-examples"><h3>Worst examples</h3>
<p class="legend">${what} Single cases, picked for being bad: they show how it fails, not how often.</p>
<p class="controls" hidden><button type="button" data-unfold="${id}-examples">Unfold or fold all</button></p>
${examples.map((example, index) => exampleBlock(example, index === 0))}</section>`;
}

function exampleBlock(example: ReportExample, open: boolean): Markup {
  const { caseId, domain, task, language, candidate, baseline, prompt, reference } = example;
  return html`<details class="example"${open ? html` open` : undefined}><summary><b>${caseId}</b> <span class="facets">${domain} · ${task} · ${language}</span> <span class="change">${change(candidate, baseline)}</span></summary>
${quote('Prompt', prompt)}${reference === undefined ? undefined : quote('Reference', reference)}
<div class="sides">${baseline && quote('Baseline’s reply', baseline.text)}${quote('Candidate’s reply', candidate.text)}</div>
${verdictTable(candidate, baseline)}</details>`;
}

function change({ overall: ours }: Side, baseline: Side | undefined): string {
  if (ours === undefined) return 'not scored';
  if (baseline?.overall === undefined) return `overall ${scoreNumber(ours)}`;
  const { overall: theirs } = baseline;
  return `overall ${scoreNumber(theirs)} → ${scoreNumber(ours)}, ${pointsNumber(ours - theirs)} points`;
}

const quote = (title: string, text: string): Markup =>
  html`<div class="quote"><h4>${title}</h4><pre dir="auto" tabindex="0">${text}</pre></div>`;

function verdictTable(candidate: Side, baseline: Side | undefined): Markup {
  const rows = DIMENSIONS.map((name) => {
    const [ours, theirs] = [candidate.verdicts[name], baseline?.verdicts[name]];
    const changed = changeOf(ours, theirs);
    return html`<tr class="${changed}"><th scope="row">${METRIC_TITLES[name]}</th>${theirs && verdictCell(theirs, 'theirs')}${verdictCell(ours, 'ours', CHANGE_MARKS[changed])}<td class="why">${whyText(ours)}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Verdicts"><table class="plain verdicts"><thead><tr><th scope="col">Verdict</th>${baseline && html`<th scope="col">Baseline</th>`}<th scope="col">Candidate</th><th scope="col">Why, for the candidate</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

type Change = 'same' | 'fell' | 'rose' | 'differs';

const CHANGE_MARKS: Readonly<Record<Change, Markup | undefined>> = {
  same: undefined,
  fell: html`<b class="mark" title="lower than the baseline">▼</b> `,
  rose: html`<b class="mark" title="higher than the baseline">▲</b> `,
  differs: undefined,
};

function changeOf(ours: Verdict, theirs: Verdict | undefined): Change {
  if (theirs === undefined) return 'same';
  if (ours.status === 'unscored' || theirs.status === 'unscored')
    return ours.status === theirs.status ? 'same' : 'differs';
  if (ours.score === theirs.score) return 'same';
  return ours.score < theirs.score ? 'fell' : 'rose';
}

function verdictCell(verdict: Verdict, side: 'ours' | 'theirs', mark?: Markup): Markup {
  if (verdict.status === 'unscored')
    return html`<td class="number ${side}"><span class="few">unscored: ${verdict.why}</span></td>`;
  const { score, samples, scorer } = verdict;
  return html`<td class="number ${side}"><span class="estimate">${mark}${score.toFixed(2)}</span> <span class="range">${spread(samples, scorer)}</span></td>`;
}

/** One case has no interval: its samples say how sure the judge was. */
function spread(samples: readonly number[], scorer: 'judge' | 'checks'): string {
  if (scorer === 'checks') return samples.length === 1 ? 'a check' : `${samples.length} checks`;
  const [least, most] = [Math.min(...samples), Math.max(...samples)];
  if (samples.length === 1) return '1 sample';
  return least === most ? `${samples.length} samples alike` : `samples ${least.toFixed(2)} to ${most.toFixed(2)}`;
}

const whyText = (verdict: Verdict): string => (verdict.status === 'scored' ? verdict.explanation : verdict.detail);
