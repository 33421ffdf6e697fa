import { isRecord, type JsonRecord, TEXT_FIELDS } from './completion-json.ts';

/** Fields that every chunk repeats; what else a completion carries rides on the first. */
const ON_EVERY_CHUNK = new Set(['id', 'created', 'model', 'service_tier', 'system_fingerprint']);
const ON_NO_CHUNK = new Set(['object', 'choices', 'usage']);
/** Longer words are cut (long tool arguments, languages without spaces), in characters. */
const LONGEST_PIECE = 48;
const PIECE = new RegExp(`\\s*[^\\s]{1,${LONGEST_PIECE}}|\\s+`, 'gu');

/**
 * A stored chat.completion as the SSE events of a stream that `assembleStream` turns back into it: role first, texts in pieces of a
 * word (of a token where log probabilities name the tokens), tool calls with their index, one finish reason per choice. Without `[DONE]`.
 * @param options.usageFacts rides on the usage chunk under `pointsman`
 */
export function replayAsStream(
  body: string,
  options: { includeUsage: boolean; usageFacts?: Record<string, unknown> | undefined },
): string[] {
  const completion: unknown = JSON.parse(body);
  if (!isRecord(completion) || !Array.isArray(completion.choices)) {
    throw new TypeError('a chat.completion to replay must be an object with choices');
  }
  const repeated: JsonRecord = {};
  const once: JsonRecord = {};
  for (const [name, value] of Object.entries(completion)) {
    if (ON_EVERY_CHUNK.has(name)) repeated[name] = value;
    else if (!ON_NO_CHUNK.has(name)) once[name] = value;
  }
  const base = { ...repeated, object: 'chat.completion.chunk' };
  // Chunks differ in their one choice only: the rest of their JSON is written once.
  const head = `data: ${JSON.stringify(base).slice(0, -1)},"choices":[`;
  const tail = options.includeUsage ? '],"usage":null}\n\n' : ']}\n\n';
  const extras = Object.keys(once).length === 0 ? '' : `],${JSON.stringify(once).slice(1, -1)}${tail.slice(1)}`;
  const events = completion.choices
    .filter(isRecord)
    .flatMap(chunksOfChoice)
    .map((choice, position) => head + JSON.stringify(choice) + (position === 0 && extras !== '' ? extras : tail));
  if (options.includeUsage) {
    const facts = options.usageFacts === undefined ? {} : { pointsman: options.usageFacts };
    events.push(`data: ${JSON.stringify({ ...base, choices: [], usage: completion.usage ?? null, ...facts })}\n\n`);
  }
  return events;
}

/** The `choices[0]` of each chunk that together make up one choice. */
function chunksOfChoice(choice: JsonRecord): JsonRecord[] {
  const { index, message, logprobs, finish_reason, ...rest } = choice;
  const fields = isRecord(message) ? message : {};
  const tokens = isRecord(logprobs) ? logprobs : undefined;
  const opening: JsonRecord = { ...fields };
  const openingTokens: JsonRecord = { ...tokens };
  const pieces: JsonRecord[] = [];
  for (const field of TEXT_FIELDS) {
    const text = fields[field];
    if (typeof text !== 'string') continue;
    opening[field] = '';
    const named = tokensOf(tokens?.[field], text);
    if (named !== undefined) openingTokens[field] = [];
    for (const [position, piece] of (named?.map(({ token }) => token) ?? wordsOf(text)).entries()) {
      const token = named?.[position];
      const chunkTokens = token === undefined ? {} : { logprobs: { content: null, refusal: null, [field]: [token] } };
      pieces.push({ index, delta: { [field]: piece }, finish_reason: null, ...chunkTokens });
    }
  }
  const calls = Array.isArray(fields.tool_calls) ? fields.tool_calls.filter(isRecord) : undefined;
  if (calls !== undefined && calls.length > 0) delete opening.tool_calls;
  const callPieces = (calls ?? []).flatMap(piecesOfToolCall);
  return [
    {
      index,
      delta: opening,
      finish_reason: null,
      ...('logprobs' in choice ? { logprobs: tokens ? openingTokens : null } : {}),
    },
    ...pieces,
    ...callPieces.map((call) => ({ index, delta: { tool_calls: [call] }, finish_reason: null })),
    { ...rest, index, delta: {}, finish_reason },
  ];
}

/** The call without its arguments, then the arguments in pieces. */
function piecesOfToolCall(call: JsonRecord, index: number): JsonRecord[] {
  for (const [kind, input] of [
    ['function', 'arguments'],
    ['custom', 'input'],
  ] as const) {
    const body = call[kind];
    const text = isRecord(body) ? body[input] : undefined;
    if (isRecord(body) && typeof text === 'string') {
      const pieces = wordsOf(text).map((piece) => ({ index, [kind]: { [input]: piece } }));
      return [{ ...call, index, [kind]: { ...body, [input]: '' } }, ...pieces];
    }
  }
  return [{ ...call, index }];
}

const wordsOf = (text: string): string[] => text.match(PIECE) ?? [];

type Token = JsonRecord & { token: string };

/** The tokens with log probabilities, when their texts make up the whole text (they need not: a token may be part of a character). */
function tokensOf(tokens: unknown, text: string): Token[] | undefined {
  if (!Array.isArray(tokens) || tokens.length === 0) return undefined;
  const named = tokens.filter((token): token is Token => isRecord(token) && typeof token.token === 'string');
  const whole = named.length === tokens.length && named.map((token) => token.token).join('') === text;
  return whole ? named : undefined;
}
