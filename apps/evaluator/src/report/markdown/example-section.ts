import { DIMENSIONS, type ReportExample, type Verdict } from '@pointsman/contracts';
import { pointsNumber, scoreNumber } from '../interval-text.ts';
import { METRIC_TITLES } from '../report-words.ts';
import { fenced } from './escape-markdown.ts';
import { cutToBytes, type Section } from './fit-sections.ts';
import { folded, table } from './report-sections.ts';

/** Longer texts are cut here; the HTML report has them whole. */
const MOST_BYTES = 2_000;

/** One bad case with both replies and their verdicts, folded. */
export function exampleSection(example: ReportExample): Section {
  const { caseId, domain, task, language, prompt, reference, candidate, baseline } = example;
  const quotes: [string, string | undefined][] = [
    ['Prompt', prompt],
    ['Reference', reference],
    ['Baseline’s reply', baseline?.text],
    ['Candidate’s reply', candidate.text],
  ];
  const rows = DIMENSIONS.map((name) => [
    METRIC_TITLES[name],
    ...(baseline === undefined ? [] : [verdictText(baseline.verdicts[name])]),
    verdictText(candidate.verdicts[name]),
  ]);
  const head = ['Verdict', ...(baseline === undefined ? [] : ['Baseline']), 'Candidate'];
  return {
    title: 'worst examples',
    text: folded(
      `Worst example <code>${caseId.replace(/[^\w.-]/g, '')}</code> (${domain}, ${task}, ${language.replace(/[^\w-]/g, '')})${change(candidate, baseline)}`,
      [
        ...quotes.flatMap(([title, text]) => (text === undefined ? [] : [`**${title}**\n\n${fenced(cut(text))}`])),
        table(head, rows),
      ].join('\n\n'),
    ),
  };
}

const cut = (text: string): string => {
  const beginning = cutToBytes(text, MOST_BYTES);
  return beginning === text ? text : `${beginning} … (cut)`;
};

function change({ overall: ours }: ReportExample['candidate'], baseline: ReportExample['baseline']): string {
  if (ours === undefined) return '';
  if (baseline?.overall === undefined) return `: overall ${scoreNumber(ours)}`;
  return `: overall ${scoreNumber(baseline.overall)} → ${scoreNumber(ours)}, ${pointsNumber(ours - baseline.overall)} points`;
}

function verdictText(verdict: Verdict): string {
  if (verdict.status === 'unscored') return `unscored: ${verdict.why}`;
  return `${verdict.score.toFixed(2)} (${verdict.samples.length} ${verdict.scorer === 'checks' ? 'checks' : 'samples'})`;
}
