import { caseHash } from '@pointsman/benchmark';
import { type BenchmarkCase, benchmarkCaseSchema, type Message } from '@pointsman/contracts';
import type { QueueContent } from '@pointsman/db';

/** A message as a rater reads it; what is no text stands as a word in brackets. */
export function messageText(message: Message): { role: string; text: string } {
  const parts = [textOf(message.content), ...toolCallsOf(message)].filter((part) => part !== '');
  return { role: message.role, text: parts.join('\n\n') };
}

function textOf(content: Message['content']): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  return content
    .map((part) => (part.type === 'text' ? part.text : part.type === 'refusal' ? part.refusal : `[${part.type}]`))
    .join('\n');
}

function toolCallsOf(message: Message): string[] {
  if (message.role !== 'assistant') return [];
  return (message.tool_calls ?? []).map(({ function: { name, arguments: given } }) => `[${name}(${given})]`);
}

/** What a rater sees of a reply to a case. */
export const contentOf = (subject: BenchmarkCase, reply: string): QueueContent => ({
  messages: subject.messages.map(messageText),
  reference: subject.reference,
  reply,
  language: subject.language,
  domain: subject.domain,
  task: subject.task,
});

/** A case made of something else, with its hash; undefined where it says too little to be one. */
export function caseFrom(value: unknown): { hash: string; body: BenchmarkCase } | undefined {
  const parsed = benchmarkCaseSchema.safeParse(value);
  return parsed.success ? { hash: caseHash(parsed.data), body: parsed.data } : undefined;
}
