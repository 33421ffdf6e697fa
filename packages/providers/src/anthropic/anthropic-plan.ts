import type { OutputConfig, ThinkingConfigParam } from '@anthropic-ai/sdk/resources/messages/messages';
import type { CatalogModel, ChatRequest } from '@pointsman/contracts';
import type { JsonObject } from '../json-value.ts';
import { wantsReasoning } from '../requests/assess-capabilities.ts';
import { outputLimit } from '../requests/output-limit.ts';
import { closeSchema } from './close-schema.ts';

type Effort = NonNullable<OutputConfig['effort']>;

/** Anthropic requires a limit. Longer replies than this outlive most callers' patience (ten minutes at 50 tokens/s). */
const DEFAULT_MAX_TOKENS = 32_000;
/** Smallest thinking budget the API takes. */
const LEAST_BUDGET = 1024;
/** The day of Claude Opus 4.6, the first model that decides by itself how long to think. */
const ADAPTIVE_SINCE = '2026-02-05';

const EFFORT: Record<string, Effort> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'xhigh',
  max: 'max',
};
/** Share of the output limit spent on thinking by models that want a budget; OpenRouter's published shares. */
const BUDGET_SHARE: Record<Effort, number> = { low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95, max: 0.95 };

export type StructuredPlan =
  | { kind: 'none' }
  /** The provider enforces the schema; `unenforced` keywords it only reads. */
  | { kind: 'native'; schema: JsonObject; unenforced: string[] }
  /** The reply is the input of a tool that the model is made to call. */
  | { kind: 'tool'; schema: JsonObject; description: string | undefined }
  /** JSON asked for in the system prompt, enforced by nobody. */
  | { kind: 'words' }
  | { kind: 'impossible'; why: string };

export type AnthropicPlan = {
  maxTokens: number;
  thinking: ThinkingConfigParam | undefined;
  effort: Effort | undefined;
  structured: StructuredPlan;
  /** The reasoning effort was asked for and cannot be given here. */
  dropsReasoning: boolean;
};

/** Models that decide how long to think; older ones want a budget. They are also the ones that refuse a prefill. */
export function thinksAdaptively(model: CatalogModel): boolean {
  const { reasoning, temperature } = model.capabilities;
  return reasoning && (!temperature || (model.releaseDate ?? '') >= ADAPTIVE_SINCE);
}

/**
 * What the Messages API is asked for where the two formats differ in more than names. `loopHasOwnThinking` tells whether
 * an open tool loop began with thinking that this provider signed; false when it did not, undefined without a loop.
 */
export function planAnthropic(
  model: CatalogModel,
  request: ChatRequest,
  loopHasOwnThinking: boolean | undefined,
): AnthropicPlan {
  const maxTokens = outputLimit(model, request) ?? Math.min(model.maxOutputTokens, DEFAULT_MAX_TOKENS);
  const structured = planStructured(model, request);
  const base = { maxTokens, structured, thinking: undefined, effort: undefined, dropsReasoning: false };
  if (!model.capabilities.reasoning) return base;
  const adaptive = thinksAdaptively(model);
  if (!wantsReasoning(request)) {
    const off = request.reasoning_effort === 'none' && adaptive;
    return off ? { ...base, thinking: { type: 'disabled' } } : base;
  }
  const effort = EFFORT[request.reasoning_effort ?? ''];
  if (effort === undefined) return { ...base, dropsReasoning: true };
  const forced = forcesTool(request) || structured.kind === 'tool';
  if (adaptive) {
    return { ...base, effort, thinking: forced ? undefined : { type: 'adaptive', display: 'summarized' } };
  }
  // The API refuses a budget with a forced tool, with too little room, and in a tool loop that began without thinking.
  if (forced || maxTokens <= LEAST_BUDGET || loopHasOwnThinking === false) return { ...base, dropsReasoning: true };
  const budget = Math.max(LEAST_BUDGET, Math.min(Math.floor(maxTokens * BUDGET_SHARE[effort]), maxTokens - 1));
  return { ...base, thinking: { type: 'enabled', budget_tokens: budget } };
}

function forcesTool({ tools, tool_choice: choice }: ChatRequest): boolean {
  return (tools?.length ?? 0) > 0 && (choice === 'required' || typeof choice === 'object') && choice !== null;
}

function planStructured(model: CatalogModel, request: ChatRequest): StructuredPlan {
  const format = request.response_format;
  if (format === undefined || format === null || format.type === 'text') return { kind: 'none' };
  const mayForceTool =
    model.capabilities.tools &&
    (request.tools?.length ?? 0) === 0 &&
    !thinksAdaptively(model) &&
    !wantsReasoning(request);
  if (format.type === 'json_object') {
    return mayForceTool ? { kind: 'tool', schema: { type: 'object' }, description: undefined } : { kind: 'words' };
  }
  const { schema, description } = format.json_schema;
  if (schema === undefined) return { kind: 'impossible', why: 'the json_schema response format has no schema' };
  const closed = model.capabilities.structuredOutput === 'json_schema' ? closeSchema(schema) : undefined;
  if (closed !== undefined) return { kind: 'native', ...closed };
  if (mayForceTool && schema.type === 'object') return { kind: 'tool', schema, description };
  return { kind: 'impossible', why: `${model.id} cannot be held to this JSON schema in this request` };
}
