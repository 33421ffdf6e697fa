import type {
  BenchmarkCase,
  Check,
  ListedCase,
  Message,
  ShownCase,
  ShownCheck,
  ShownMessage,
} from '@pointsman/contracts';
import { DIMENSIONS } from '@pointsman/contracts';

/** Characters of a prompt in a list. */
const LISTED_PROMPT = 240;

const headOf = ({ id, domain, task, language, difficulty, provenance }: BenchmarkCase, hash: string) => ({
  id,
  hash,
  domain,
  task,
  language,
  difficulty,
  origin: provenance.kind,
});

/** A case as one line of a list. */
export function listedCase(subject: BenchmarkCase, hash: string): ListedCase {
  const last = subject.messages.map(shownMessage).at(-1)?.text ?? '';
  return {
    ...headOf(subject, hash),
    prompt: last.length > LISTED_PROMPT ? `${last.slice(0, LISTED_PROMPT).trimEnd()}…` : last,
    messages: subject.messages.length,
    hasReference: subject.reference !== undefined,
    checks: [...new Set(subject.checks.map(({ kind }) => kind))],
  };
}

/** A case with everything it is made of. */
export function shownCase(subject: BenchmarkCase, hash: string): ShownCase {
  const { messages, reference, checks, weights, provenance, licence } = subject;
  return {
    ...headOf(subject, hash),
    messages: messages.map(shownMessage),
    ...(reference !== undefined && { reference }),
    checks: checks.map(shownCheck),
    weights: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, weights?.[dimension] ?? 1])),
    provenance: { ...provenance },
    licence,
  };
}

/** A message as text: what is no text is named in brackets. */
export function shownMessage(message: Message): ShownMessage {
  const { role, content } = message;
  const text =
    typeof content === 'string'
      ? content
      : (content ?? []).map((part) => ('text' in part ? part.text : `[${part.type}]`)).join('\n');
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  const called = calls.map(({ function: { name, arguments: given } }) => `[${name}(${given})]`);
  return { role, text: [...(text === '' ? [] : [text]), ...called].join('\n') };
}

function shownCheck({ kind, dimension, part, weight, ...settings }: Check): ShownCheck {
  return { kind, dimension, ...(part !== undefined && { part }), weight, settings };
}
