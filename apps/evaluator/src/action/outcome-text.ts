import { fenced } from '../report/markdown/escape-markdown.ts';
import { bytesOf, cutToBytes } from '../report/markdown/fit-sections.ts';
import { bullets } from '../report/markdown/report-sections.ts';
import { renderMarkdown } from '../report/render-markdown.ts';
import type { ActionOutcome } from './action-outcome.ts';

export type OutcomeContext = {
  /** Of the change; undefined when not even that could be read. */
  commit: string | undefined;
  /** Page of the workflow run, where the artefact with the whole report is. */
  runUrl: string | undefined;
};

/** The longest reason that is shown; the log has the rest. */
const MOST_WHY_BYTES = 4_000;

/** An outcome as Markdown within so many bytes. */
export function outcomeText(outcome: ActionOutcome, { commit, runUrl }: OutcomeContext, limit: number): string {
  const link = runUrl === undefined ? undefined : `[the workflow run](${runUrl})`;
  const tail = [bullets(outcome.notes), footer(commit, link)].filter((part) => part !== '').join('\n\n');
  const head = outcome.verdict === 'error' ? `${errorText(outcome.why)}\n\n` : '';
  const room = limit - bytesOf(head) - bytesOf(tail) - 2;
  const whole = link === undefined ? undefined : `artefact of ${link}`;
  const report = outcome.reports.length === 0 ? '' : `${renderMarkdown(outcome.reports, { limit: room, whole })}\n\n`;
  return `${head}${report}${tail}`;
}

function errorText(why: string): string {
  const shown = fenced(cutToBytes(why, MOST_WHY_BYTES));
  return `## Pointsman evaluation\n\n### 🛑 COULD NOT RUN\n\nNothing was decided: this is neither a pass nor a regression.\n\n${shown}`;
}

function footer(commit: string | undefined, link: string | undefined): string {
  const parts = [commit === undefined ? undefined : `Commit ${commit.slice(0, 12)}`, link].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? '' : `<sub>${parts.join(' · ')}</sub>`;
}
