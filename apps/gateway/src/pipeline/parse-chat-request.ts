import {
  type ChatRequest,
  chatRequestSchema,
  GatewayError,
  REQUEST_HEADERS,
  type RequestOptions,
  requestOptionsSchema,
} from '@pointsman/contracts';
import type { z } from 'zod';
import { parseJson } from './parse-json.ts';

/** A chat request in the words of the pipeline: `request` is what goes upstream, everything meant for us is apart. */
export type ParsedChatRequest = {
  request: ChatRequest;
  requestedModel: string;
  stream: boolean;
  /** The client asked for the usage chunk at the end of its stream. */
  wantsUsage: boolean;
  options: RequestOptions;
  /** Models the caller named to try in order (OpenRouter's `models`); the router chooses among them where it is to choose. */
  modelOrder: readonly string[];
  providers: { only?: readonly string[] | undefined; ignore?: readonly string[] | undefined };
  /** Ceilings in dollars per million tokens (OpenRouter's `provider.max_price`). */
  maxPrice: { prompt?: number | undefined; completion?: number | undefined };
};

export type RequestOptionTexts = Partial<Record<keyof RequestOptions, string>>;

/** @throws GatewayError `invalid_json`, `invalid_request`, each naming the field, what was wrong and what to send. */
export function parseChatRequest(text: string, optionTexts: RequestOptionTexts = {}): ParsedChatRequest {
  const body = check(chatRequestSchema, parseJson(text), '');
  const { pointsman, models, provider, ...request } = body;
  return {
    request,
    requestedModel: request.model,
    stream: request.stream === true,
    wantsUsage: request.stream_options?.include_usage === true,
    options: mergeOptions(pointsman, optionTexts),
    modelOrder: models ?? [],
    providers: { only: provider?.only, ignore: provider?.ignore },
    maxPrice: { prompt: provider?.max_price?.prompt, completion: provider?.max_price?.completion },
  };
}

/** @throws GatewayError `invalid_request` with `param` set to the first problem's path. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown, prefix: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const path = [prefix, ...issue.path].filter((step) => step !== '').join('.');
    return { path, text: `${path === '' ? 'body' : path}: ${issue.message}` };
  });
  const shown = problems
    .slice(0, 5)
    .map((problem) => problem.text)
    .join('; ');
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : '';
  const first = problems[0]?.path;
  throw new GatewayError('invalid_request', `Invalid request. ${shown}${more}.`, first ? { param: first } : {});
}

/** The options of the body and of the headers, which win. @throws GatewayError `invalid_request`. */
export const mergeOptions = (inBody: RequestOptions | undefined, inHeaders: RequestOptionTexts): RequestOptions => ({
  ...inBody,
  ...parseOptionTexts(inHeaders),
});

/** Headers carry text; the options' schema says what each must be. */
function parseOptionTexts(texts: RequestOptionTexts): RequestOptions {
  const values: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(texts)) {
    if (text !== undefined) values[name] = readOption(name as keyof RequestOptions, text);
  }
  if (Object.keys(values).length === 0) return {};
  const result = requestOptionsSchema.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const header = REQUEST_HEADERS[String(issue?.path[0] ?? '') as keyof RequestOptions] ?? 'header';
  throw new GatewayError('invalid_request', `Header ${header}: ${issue?.message ?? 'is not valid'}.`, {
    param: header,
  });
}

function readOption(name: keyof RequestOptions, text: string): unknown {
  switch (name) {
    case 'max_cost_usd':
    case 'max_latency_ms':
      return readNumber(text);
    case 'min_score':
      return text.includes('=') ? readPairs(text, readNumber) : readNumber(text);
    case 'models':
      return text.split(',').map((part) => part.trim());
    case 'tags':
      return readPairs(text, String);
    default:
      return text;
  }
}

/** An empty header says nothing, where `Number` would read a 0. */
const readNumber = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

function readPairs(text: string, read: (value: string) => unknown): Record<string, unknown> {
  const pairs = text.split(',').map((part) => {
    const at = part.indexOf('=');
    return [part.slice(0, Math.max(at, 0)).trim(), read(part.slice(at + 1).trim())] as const;
  });
  return Object.fromEntries(pairs);
}
