import { isJsonObject, type JsonObject } from './json-lines.ts';
import { baseName } from './read-options.ts';

/** One line of a `samples_*.jsonl` of lm-evaluation-harness, made even: the versions write arguments in three ways. */
export type LmEvalSample = {
  docId: string;
  target: string;
  /** The context of the first request, as messages. */
  messages: { role: string; content: string }[];
  /** Continuations whose likelihoods were compared; empty where text was generated. */
  continuations: string[];
  /** How many different contexts were compared; a question has one. */
  contexts: number;
};

/** The task of a log by its file name: `samples_gsm8k_2024-11-05T10-00-00.123456.jsonl`. */
export const taskOf = (file: string): string =>
  baseName(file)
    .replace(/\.jsonl?$/, '')
    .replace(/^samples_/, '')
    .replace(/_\d{4}-\d{2}-\d{2}T.*$/, '');

/** @returns undefined when it is no such line. */
export function lmEvalSample({ doc_id: docId, target, arguments: written }: JsonObject): LmEvalSample | undefined {
  const requests = requestsOf(written);
  const [first] = requests;
  if (first === undefined || docId === undefined || target === undefined) return undefined;
  const messages = messagesOf(first[0]);
  if (messages === undefined) return undefined;
  const continuations = requests.flatMap(([, second]) => (typeof second === 'string' ? [second.trim()] : []));
  const isChoice = continuations.length === requests.length && requests.length > 1;
  const contexts = new Set(requests.map(([context]) => JSON.stringify(context))).size;
  return {
    docId: String(docId),
    target: String(target),
    messages,
    contexts,
    continuations: isChoice ? continuations : [],
  };
}

/** `{gen_args_0: {arg_0, arg_1}}`, `[[arg_0, arg_1]]`, or one flat list of a single request. */
function requestsOf(written: unknown): unknown[][] {
  if (isJsonObject(written))
    return Object.values(written).map((request) => (isJsonObject(request) ? Object.values(request) : [request]));
  if (!Array.isArray(written) || written.length === 0) return [];
  return written.every(Array.isArray) ? written : [written];
}

/** A prompt, or the messages that a chat model was sent: JSON in a list of one. */
function messagesOf(context: unknown): LmEvalSample['messages'] | undefined {
  const text: unknown = Array.isArray(context) ? context[0] : context;
  if (typeof text !== 'string') return undefined;
  return (text.startsWith('[{') ? chatOf(text) : undefined) ?? [{ role: 'user', content: text }];
}

function chatOf(text: string): LmEvalSample['messages'] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const turns = Array.isArray(parsed) ? parsed : [];
    const known = turns.flatMap((turn: unknown) =>
      isJsonObject(turn) && typeof turn.role === 'string' && typeof turn.content === 'string'
        ? [{ role: turn.role, content: turn.content }]
        : [],
    );
    return known.length > 0 && known.length === turns.length ? known : undefined;
  } catch {
    // A prompt that begins as JSON does.
    return undefined;
  }
}

/** Rows of one answer under several filters differ in how it was extracted, not in what was asked: the first filter's. */
export function firstFilterOnly(): (row: JsonObject) => boolean {
  let first: unknown;
  let isSet = false;
  return ({ filter }) => {
    if (!isSet) first = filter;
    isSet = true;
    return filter === first;
  };
}
