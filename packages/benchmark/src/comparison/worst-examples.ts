import type { BenchmarkCase, Message, ReportExample } from '@pointsman/contracts';
import { pairedValue, type ValuedItem } from './case-values.ts';
import type { Pair } from './compare-metrics.ts';

/** The cases where the candidate lost most against the baseline, or scored least where there is none; worst first. */
export function worstExamples(
  pairs: readonly Pair[],
  cases: ReadonlyMap<string, BenchmarkCase>,
  most: number,
): ReportExample[] {
  return pairs
    .flatMap((pair) => {
      const rank = rankOf(pair);
      const subject = cases.get(pair.candidate.item.caseId);
      return rank === undefined || subject === undefined ? [] : [{ pair, subject, rank }];
    })
    .filter(({ pair, rank }) => pair.baseline === undefined || rank < 0)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ pair, subject }) => exampleOf(pair, subject));
}

function rankOf({ candidate, baseline }: Pair): number | undefined {
  if (baseline === undefined) return candidate.values.overall?.predicted;
  return pairedValue(candidate, baseline, 'overall')?.predicted;
}

function exampleOf({ candidate, baseline }: Pair, subject: BenchmarkCase): ReportExample {
  const { domain, task, language, id, reference } = subject;
  return {
    caseId: id,
    domain,
    task,
    language,
    prompt: subject.messages.map(messageText).join('\n\n'),
    ...(reference !== undefined && { reference }),
    candidate: sideOf(candidate),
    ...(baseline !== undefined && { baseline: sideOf(baseline) }),
  };
}

function sideOf({ item, values }: ValuedItem): ReportExample['candidate'] {
  const text = item.reply.status === 'answered' ? item.reply.text : `(no reply: ${item.reply.why})`;
  const overall = values.overall?.predicted;
  return { text, verdicts: item.verdicts, ...(overall !== undefined && { overall }) };
}

function messageText({ role, content }: Message): string {
  const text =
    typeof content === 'string'
      ? content
      : (content ?? []).map((part) => ('text' in part ? part.text : `[${part.type}]`)).join('\n');
  return `${role}: ${text}`;
}
