import type {
  Tool as AnthropicTool,
  ToolChoice as AnthropicToolChoice,
  MessageCreateParamsBase,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ChatRequest, Tool } from '@pointsman/contracts';
import { SAMPLING_FIELDS, withoutDropped } from '../requests/assess-capabilities.ts';
import type { ChatCall } from '../types.ts';
import type { WireRequest } from '../wire-format.ts';
import { cacheControlOf } from './anthropic-content.ts';
import { openLoopThinking, writeConversation } from './anthropic-messages.ts';
import { type AnthropicPlan, planAnthropic } from './anthropic-plan.ts';
import { closeSchema } from './close-schema.ts';

/** The tool whose input is the reply, where a schema is enforced by a forced tool. Readers turn it back into content. */
export const REPLY_TOOL = 'pointsman_json_reply';
const REPLY_IN_JSON = 'Reply with one JSON object and nothing else: no explanation, no code fence.';

/** The SDK dropped the sampling fields with the models that refuse them; older models still take them. */
type MessagesBody = MessageCreateParamsBase & { temperature?: number; top_p?: number };

/** The request for Anthropic's Messages API. */
export function writeAnthropicChat(asked: ChatCall): WireRequest {
  const call = withoutDropped(asked);
  const { provider, model, request } = call;
  const plan = planAnthropic(model, request, openLoopThinking(request.messages, provider));
  const { system, turns } = writeConversation(request.messages, provider);
  if (plan.structured.kind === 'words') system.push({ type: 'text', text: REPLY_IN_JSON });
  const body: MessagesBody = {
    model: model.upstreamModel,
    max_tokens: plan.maxTokens,
    messages: turns,
    ...(system.length > 0 && { system: writeSystem(system) }),
    ...sampling(call, plan),
    ...writeTools(call, plan),
    ...(plan.thinking && { thinking: plan.thinking }),
    ...outputConfig(plan),
    ...stopSequences(request),
    ...serviceTier(request),
    ...cacheControlOf(request),
    ...(call.stream && { stream: true }),
  };
  return { path: '/messages', body: JSON.stringify(body) };
}

function writeSystem(blocks: TextBlockParam[]): string | TextBlockParam[] {
  const [only] = blocks;
  return blocks.length === 1 && only !== undefined && !only.cache_control ? only.text : blocks;
}

/** At most one of temperature and top_p (newer models refuse both together), neither while thinking. */
function sampling({ model, request }: ChatCall, plan: AnthropicPlan): { temperature?: number; top_p?: number } {
  if (!model.capabilities.temperature || isThinking(plan)) return {};
  const { temperature, top_p: topP } = request;
  if (typeof temperature === 'number') return { temperature: Math.min(temperature, 1) };
  return typeof topP === 'number' ? { top_p: topP } : {};
}

/** Which sampling fields the rules above change or leave out. */
export function lostSampling(request: ChatRequest, plan: AnthropicPlan): string[] {
  const { temperature, top_p: topP } = request;
  const lost: string[] = [];
  const temperatureMatters = typeof temperature === 'number' && temperature !== 1;
  if (isThinking(plan)) {
    if (temperatureMatters) lost.push(SAMPLING_FIELDS[0]);
    if (typeof topP === 'number' && topP !== 1) lost.push(SAMPLING_FIELDS[1]);
    return lost;
  }
  if (typeof temperature === 'number' && temperature > 1) lost.push('temperature:clamped-to-1');
  if (typeof temperature === 'number' && typeof topP === 'number' && topP !== 1) lost.push(SAMPLING_FIELDS[1]);
  return lost;
}

function isThinking({ thinking }: AnthropicPlan): boolean {
  return thinking?.type === 'adaptive' || thinking?.type === 'enabled';
}

function writeTools({ model, request }: ChatCall, { structured }: AnthropicPlan): Partial<MessagesBody> {
  if (structured.kind === 'tool') {
    const description = structured.description ?? 'Gives the reply to the user.';
    const tool = { name: REPLY_TOOL, description, input_schema: { ...structured.schema, type: 'object' as const } };
    return { tools: [tool], tool_choice: { type: 'tool', name: REPLY_TOOL, disable_parallel_tool_use: true } };
  }
  if (request.tools === undefined || request.tools === null || request.tools.length === 0) return {};
  const enforces = model.capabilities.structuredOutput === 'json_schema';
  const choice = toolChoice(request);
  return { tools: request.tools.map((tool) => writeTool(tool, enforces)), ...(choice && { tool_choice: choice }) };
}

function writeTool(tool: Tool, enforcesSchemas: boolean): AnthropicTool {
  const { name, description, parameters = {}, strict } = tool.function;
  const closed = strict === true && enforcesSchemas ? closeSchema({ ...parameters, type: 'object' }) : undefined;
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: { ...(closed?.schema ?? parameters), type: 'object' },
    ...(closed !== undefined && { strict: true }),
    ...cacheControlOf(tool),
  };
}

/** True when the API will hold the model to the tool's parameters, as `strict` asks. */
export function holdsStrict(tool: Tool, enforcesSchemas: boolean): boolean {
  return writeTool(tool, enforcesSchemas).strict === true;
}

function toolChoice(request: ChatRequest): AnthropicToolChoice | undefined {
  const single = request.parallel_tool_calls === false ? { disable_parallel_tool_use: true } : {};
  const choice = request.tool_choice ?? undefined;
  if (choice === 'none') return { type: 'none' };
  if (choice === 'required') return { type: 'any', ...single };
  if (typeof choice === 'object') return { type: 'tool', name: choice.function.name, ...single };
  return choice === 'auto' || request.parallel_tool_calls === false ? { type: 'auto', ...single } : undefined;
}

function outputConfig({ effort, structured }: AnthropicPlan): Partial<MessagesBody> {
  const format = structured.kind === 'native' ? { type: 'json_schema' as const, schema: structured.schema } : undefined;
  if (effort === undefined && format === undefined) return {};
  return { output_config: { ...(effort && { effort }), ...(format && { format }) } };
}

function stopSequences({ stop }: ChatRequest): Partial<MessagesBody> {
  const sequences = typeof stop === 'string' ? [stop] : (stop ?? []);
  return sequences.length > 0 ? { stop_sequences: sequences } : {};
}

/** OpenAI's names for the tiers both have; the others are dropped and named. */
export const SERVICE_TIERS: Readonly<Record<string, 'auto' | 'standard_only'>> = {
  auto: 'auto',
  default: 'standard_only',
};

function serviceTier(request: ChatRequest): Partial<MessagesBody> {
  const tier = typeof request.service_tier === 'string' ? SERVICE_TIERS[request.service_tier] : undefined;
  return tier === undefined ? {} : { service_tier: tier };
}
