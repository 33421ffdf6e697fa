import type { EvaluationReport } from '@pointsman/contracts';
import { differenceText, moneyText, scoreText } from './interval-text.ts';
import { inlineCode } from './markdown/escape-markdown.ts';
import { exampleSection } from './markdown/example-section.ts';
import { type FitOptions, fitSections, type Section } from './markdown/fit-sections.ts';
import { detailSections, table, verdictSection } from './markdown/report-sections.ts';
import { contestantName, EMULATED, VERDICT_TITLES } from './report-words.ts';

/**
 * The reports as GitHub's Markdown, verdicts first. Within a limit whole sections are left out, the least important first,
 * with a notice that names them and says where the whole is.
 */
export function renderMarkdown(reports: readonly EvaluationReport[], options: FitOptions = {}): string {
  if (reports.length === 0) return 'There is no report: nothing was evaluated.\n';
  const sections = [
    { title: 'the title', text: ['## Pointsman evaluation', ...warnings(reports), ...overview(reports)].join('\n\n') },
    ...reports.map(verdictSection),
    ...reports.flatMap(detailSections),
    ...reports.flatMap(({ examples }) => examples.map(exampleSection)),
  ] satisfies Section[];
  return fitSections(sections, options);
}

const warnings = (reports: readonly EvaluationReport[]): string[] =>
  reports.some(({ emulated }) => emulated) ? [`> [!WARNING]\n> ${EMULATED}`] : [];

function overview(reports: readonly EvaluationReport[]): string[] {
  if (reports.length < 2) return [];
  const rows = reports.map(({ candidate, baseline, verdict, metrics, economics }) => {
    const overall = metrics.find(({ metric }) => metric === 'overall');
    return [
      inlineCode(contestantName(candidate)),
      baseline === undefined ? 'no baseline' : VERDICT_TITLES[verdict],
      overall === undefined ? '–' : scoreText(overall.candidate.mean),
      overall?.difference === undefined ? '–' : differenceText(overall.difference),
      moneyText(economics.candidate.meanCostNanoUsd),
    ];
  });
  return [table(['Candidate', 'Verdict', 'Overall', 'Points', 'Cost per case'], rows)];
}
