import { isRecord, type JsonRecord, TEXT_FIELDS } from './completion-json.ts';

/** About delivery, not part of the reply. */
const DROPPED = new Set(['object', 'choices', 'usage', 'obfuscation', 'pointsman']);
const APPENDED = new Set<string>(TEXT_FIELDS);
/** Fields inside nested objects that stream in pieces. */
const APPENDED_WITHIN: Record<string, ReadonlySet<string>> = {
  function: new Set(['arguments']),
  custom: new Set(['input']),
  function_call: new Set(['arguments']),
  audio: new Set(['data', 'transcript']),
};
const APPENDED_IN_REASONING = new Set(['text', 'summary', 'data']);
const NOTHING: ReadonlySet<string> = new Set();

/**
 * The chat.completion JSON that a stream of OpenAI chunks amounts to; undefined when it is not whole: a choice without finish
 * reason, an error event, or data that is not JSON. Events may be cut anywhere.
 */
export function assembleStream(events: Iterable<Buffer | string>): string | undefined {
  const completion: JsonRecord = { object: 'chat.completion' };
  const choices = new Map<number, JsonRecord>();
  for (const data of dataOf(events)) {
    if (data === '[DONE]') continue;
    const chunk = parse(data);
    if (!isRecord(chunk) || chunk.error != null) return undefined;
    for (const [name, value] of ownFields(chunk)) if (!DROPPED.has(name)) setKnown(completion, name, value);
    if (chunk.usage != null) completion.usage = chunk.usage;
    if (Array.isArray(chunk.choices))
      for (const choice of chunk.choices) if (isRecord(choice)) addChoice(choices, choice);
  }
  const ordered = [...choices.keys()].sort((a, b) => a - b).map((index) => choices.get(index));
  const whole =
    ordered.length > 0 &&
    ordered.every((choice, position) => choice?.index === position && choice.finish_reason != null);
  return whole ? JSON.stringify({ ...completion, choices: ordered }) : undefined;
}

/** The data of each SSE event. */
function dataOf(events: Iterable<Buffer | string>): string[] {
  const bytes = [...events].map((event) => (typeof event === 'string' ? Buffer.from(event) : event));
  const blocks = Buffer.concat(bytes)
    .toString('utf8')
    .split(/\r?\n\r?\n/);
  return blocks
    .map((block) =>
      block
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(line.startsWith('data: ') ? 6 : 5))
        .join('\n'),
    )
    .filter((data) => data !== '');
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // Not JSON is not a chunk: the caller gives up on the stream.
    return undefined;
  }
}

/** `__proto__` left out: writing it would change the prototype, for the whole process where objects are merged into it. */
const ownFields = (record: JsonRecord): [string, unknown][] =>
  Object.entries(record).filter(([name]) => name !== '__proto__');

/** The last value that says something wins; null stands only where nothing else was said. */
function setKnown(target: JsonRecord, name: string, value: unknown): void {
  if (value !== null || target[name] === undefined) target[name] = value;
}

function addChoice(choices: Map<number, JsonRecord>, chunk: JsonRecord): void {
  const { index: given, delta, logprobs, ...rest } = chunk;
  const index = typeof given === 'number' ? given : 0;
  let choice = choices.get(index);
  if (choice === undefined) {
    choice = {
      index,
      message: { role: 'assistant', content: null, refusal: null },
      logprobs: null,
      finish_reason: null,
    };
    choices.set(index, choice);
  }
  for (const [name, value] of ownFields(rest)) setKnown(choice, name, value);
  if (isRecord(delta) && isRecord(choice.message)) addDelta(choice.message, delta);
  if (isRecord(logprobs)) choice.logprobs = mergeLogprobs(choice.logprobs, logprobs);
}

function addDelta(message: JsonRecord, delta: JsonRecord): void {
  for (const [name, value] of ownFields(delta)) {
    const present = message[name];
    if (name === 'tool_calls' && Array.isArray(value)) message[name] = addToolCalls(present, value.filter(isRecord));
    else if (name === 'reasoning_details' && Array.isArray(value)) message[name] = addReasoning(present, value);
    else if (Array.isArray(value) && Array.isArray(present)) message[name] = [...present, ...value];
    else if (isRecord(value)) message[name] = addFields(isRecord(present) ? present : {}, value, APPENDED_WITHIN[name]);
    else addField(message, name, value, APPENDED);
  }
}

function addField(target: JsonRecord, name: string, value: unknown, appended: ReadonlySet<string>): void {
  const present = target[name];
  if (appended.has(name) && typeof value === 'string' && typeof present === 'string') target[name] = present + value;
  else setKnown(target, name, value);
}

function addFields(target: JsonRecord, fields: JsonRecord, appended: ReadonlySet<string> = NOTHING): JsonRecord {
  for (const [name, value] of ownFields(fields)) {
    if (isRecord(value)) {
      const present = target[name];
      target[name] = addFields(isRecord(present) ? present : {}, value, APPENDED_WITHIN[name]);
    } else {
      addField(target, name, value, appended);
    }
  }
  return target;
}

function addToolCalls(present: unknown, deltas: JsonRecord[]): JsonRecord[] {
  const calls: JsonRecord[] = Array.isArray(present) ? present.filter(isRecord) : [];
  for (const { index, ...fields } of deltas) {
    // Some hosts leave the index out: an id then opens a new call.
    const next = fields.id == null ? Math.max(0, calls.length - 1) : calls.length;
    // An index that leaves a gap is nobody's: filling it could take all memory.
    const position = isPlace(index, calls.length) ? index : next;
    const call = calls[position] ?? {};
    addFields(call, fields);
    calls[position] = call;
  }
  return calls;
}

const isPlace = (index: unknown, count: number): index is number =>
  typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= count;

/** Blocks of one index and type are pieces of one block; blocks without an index stand for themselves. */
function addReasoning(present: unknown, deltas: unknown[]): unknown[] {
  const blocks: unknown[] = Array.isArray(present) ? present : [];
  for (const delta of deltas) {
    const same =
      isRecord(delta) && typeof delta.index === 'number'
        ? blocks.find((block) => isSameBlock(block, delta))
        : undefined;
    if (isRecord(same) && isRecord(delta)) addFields(same, delta, APPENDED_IN_REASONING);
    else blocks.push(delta);
  }
  return blocks;
}

const isSameBlock = (block: unknown, delta: JsonRecord): boolean =>
  isRecord(block) && block.index === delta.index && block.type === delta.type;

function mergeLogprobs(present: unknown, added: JsonRecord): JsonRecord {
  const merged: JsonRecord = isRecord(present) ? present : { content: null, refusal: null };
  for (const [name, value] of ownFields(added)) {
    const before = merged[name];
    if (Array.isArray(value) && Array.isArray(before)) before.push(...value);
    else setKnown(merged, name, value);
  }
  return merged;
}
