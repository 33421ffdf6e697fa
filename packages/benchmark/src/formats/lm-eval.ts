import type { BenchmarkCase } from '@pointsman/contracts';
import { caseIdFrom, completeCase, type RoughCase } from './complete-case.ts';
import { jsonRecords } from './json-document.ts';
import type { JsonObject } from './json-lines.ts';
import { firstFilterOnly, type LmEvalSample, lmEvalSample, taskOf } from './lm-eval-sample.ts';
import { multipleChoice } from './multiple-choice.ts';
import type { Content, ReadOptions } from './read-options.ts';
import { badRow, type Row } from './row.ts';

/** The questions of a log that lm-evaluation-harness writes with --log_samples; its replies are read as scored outputs. */
export async function* readLmEval(content: Content, options: ReadOptions): AsyncIterable<Row<BenchmarkCase>> {
  const task = taskOf(options.file);
  const isWanted = firstFilterOnly();
  for (const row of jsonRecords(content, options.file)) {
    if (!row.ok) yield row;
    else if (isWanted(row.value)) yield caseOfRow(row.value, { task, place: row.place }, options);
  }
}

function caseOfRow(
  row: JsonObject,
  { task, place }: { task: string; place: string },
  options: ReadOptions,
): Row<BenchmarkCase> {
  const sample = lmEvalSample(row);
  if (sample === undefined)
    return badRow(place, 'is no line of a log with samples: it needs doc_id, target and arguments');
  if (sample.contexts > 1)
    return badRow(place, `compares ${sample.contexts} contexts, not replies to one: there is nothing to ask`);
  const asked = questionOf(sample, row, options);
  if (asked === undefined)
    return badRow(place, `its target '${sample.target}' is none of its ${sample.continuations.length} continuations`);
  const rough = {
    ...asked,
    id: caseIdFrom(`${task}-${sample.docId}`),
    provenance: { kind: 'imported', source: task, place: `doc ${sample.docId}` },
  };
  return completeCase(rough, place, options);
}

function questionOf(sample: LmEvalSample, row: JsonObject, { defaults }: ReadOptions): RoughCase | undefined {
  const { messages, target, continuations } = sample;
  if (continuations.length === 0)
    return { messages, reference: target === '' ? undefined : target, checks: checksOf(target, row) };
  // The prompt has shown the choices where the continuations are their letters.
  if (continuations.every((text) => /^[A-Z]$/.test(text))) {
    const letter = continuations[/^\d+$/.test(target) ? Number(target) : continuations.indexOf(target.trim())];
    return letter === undefined
      ? undefined
      : { messages, reference: letter, checks: [{ kind: 'exact', expected: [letter], part: 'first-line' }] };
  }
  const last = messages.at(-1);
  const lettered = multipleChoice(last?.content ?? '', continuations, target, defaults.language);
  if (last === undefined || lettered === undefined) return undefined;
  const turns = [...messages.slice(0, -1), { ...last, content: lettered.prompt }];
  return { messages: turns, reference: lettered.reference, checks: lettered.checks };
}

/** Longer targets are solutions, which nobody repeats word for word. */
const LONGEST_ANSWER = 80;

/** A number is checked as one; a short answer that was matched exactly must occur. */
function checksOf(target: string, row: JsonObject): JsonObject[] {
  const number = /^-?\d[\d,]*(?:\.\d+)?$/.test(target.trim()) ? Number(target.replaceAll(',', '')) : Number.NaN;
  if (Number.isFinite(number)) return [{ kind: 'numeric', expected: number }];
  const metrics = Array.isArray(row.metrics) ? row.metrics : Object.keys(row);
  const isShort = target.trim() !== '' && target.length <= LONGEST_ANSWER && !target.includes('\n');
  return isShort && metrics.includes('exact_match') ? [{ kind: 'contains', all: [target.trim()] }] : [];
}
