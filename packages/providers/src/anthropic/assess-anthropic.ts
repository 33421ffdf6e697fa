import type { CatalogModel, ChatRequest, Provider } from '@pointsman/contracts';
import { asksFor } from '../openai/openai-features.ts';
import { assessCapabilities, type Removals, unsupported } from '../requests/assess-capabilities.ts';
import { partsOf } from '../requests/content-parts.ts';
import { oncePerRequest } from '../requests/once-per-request.ts';
import { openAiOnlyFields } from '../requests/openai-only-fields.ts';
import { type KnownKeys, unknownKeys, words } from '../requests/unknown-keys.ts';
import type { RequestAssessment } from '../types.ts';
import { unwritablePart } from './anthropic-content.ts';
import { openLoopThinking } from './anthropic-messages.ts';
import { type AnthropicPlan, planAnthropic, thinksAdaptively } from './anthropic-plan.ts';
import { holdsStrict, lostSampling, SERVICE_TIERS } from './write-anthropic-request.ts';

const WHO = "Anthropic's Messages API";

/** Carried over, or handled by name below; every other key of a request is ignored and named. */
const KNOWN: KnownKeys = {
  request: words(`
    model messages stream stream_options max_completion_tokens max_tokens temperature top_p stop n logprobs
    top_logprobs logit_bias frequency_penalty presence_penalty store verbosity response_format tools
    tool_choice parallel_tool_calls reasoning_effort service_tier cache_control modalities audio functions
    function_call web_search_options`),
  message: words(`role content refusal tool_calls tool_call_id reasoning_content reasoning_details cache_control`),
  part: words(`type text refusal image_url file input_audio cache_control`),
  tool: words(`type function cache_control`),
  function: words(`name description parameters strict`),
};

/** Losing one of these changes what the caller gets. */
const ESSENTIAL = ['n', 'logprobs', 'logit_bias'] as const;
/** Hints and taste without a counterpart. */
const DROPPED = ['frequency_penalty', 'presence_penalty', 'store', 'verbosity'] as const;

/** What no model behind this API honours. */
const requestLosses = oncePerRequest(
  (request): RequestAssessment => ({
    removals: [...essentialLosses(request), ...partLosses(request)],
    ignored: [
      ...DROPPED.filter((field) => asksFor(request, field)),
      ...streamLosses(request),
      ...unknownKeys(request, KNOWN),
    ],
  }),
);

/** What of a request Anthropic cannot honour: models to leave out, fields to name as ignored. */
export function assessAnthropic(provider: Provider, model: CatalogModel, request: ChatRequest): RequestAssessment {
  const base = assessCapabilities(provider, model, request);
  const lost = requestLosses(request);
  const plan = planAnthropic(model, request, openLoopThinking(request.messages, provider));
  const removals = [...base.removals, ...lost.removals, ...modelLosses(model, request)];
  if (plan.structured.kind === 'impossible') {
    removals.push({ removal: 'structured-output', detail: plan.structured.why });
  }
  const ignored = [
    ...base.ignored,
    ...lost.ignored,
    ...(model.capabilities.temperature ? lostSampling(request, plan) : []),
    ...planLosses(request, plan),
    ...toolLosses(model, request),
  ];
  return { removals, ignored: [...new Set(ignored)] };
}

function essentialLosses(request: ChatRequest): Removals {
  const fields: string[] = ESSENTIAL.filter((field) => asksFor(request, field));
  fields.push(...openAiOnlyFields(request));
  const stops = typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []);
  if (stops.some((stop) => stop.trim() === '')) fields.push('stop sequences of white space');
  return fields.map((field) => unsupported(field, WHO));
}

function partLosses(request: ChatRequest): Removals {
  const parts = request.messages.flatMap(({ content }) => partsOf(content));
  const lost = new Set(parts.map(unwritablePart).filter((what) => what !== undefined));
  return [...lost].map((what) => unsupported(what, WHO));
}

/** The API would take a last assistant message as a prefill, which these models refuse. */
function modelLosses(model: CatalogModel, request: ChatRequest): Removals {
  if (request.messages.at(-1)?.role !== 'assistant' || !thinksAdaptively(model)) return [];
  return [unsupported('a conversation that ends with an assistant message', model.id)];
}

function planLosses(request: ChatRequest, { structured, dropsReasoning }: AnthropicPlan): string[] {
  const losses: string[] = [];
  if (dropsReasoning) losses.push('reasoning_effort');
  if (structured.kind === 'words') losses.push('response_format:asked-for-in-words');
  if (structured.kind === 'native')
    losses.push(...structured.unenforced.map((keyword) => `response_format:${keyword}-not-enforced`));
  const tier = request.service_tier;
  if (typeof tier === 'string' && SERVICE_TIERS[tier] === undefined) losses.push('service_tier');
  return losses;
}

function toolLosses(model: CatalogModel, request: ChatRequest): string[] {
  const enforces = model.capabilities.structuredOutput === 'json_schema';
  const lost = (request.tools ?? []).some((tool) => tool.function.strict === true && !holdsStrict(tool, enforces));
  return lost ? ['tools[].function.strict'] : [];
}

function streamLosses(request: ChatRequest): string[] {
  const losses: string[] = [];
  const { include_usage: _, ...others } = request.stream_options ?? {};
  if (Object.keys(others).length > 0) losses.push('stream_options');
  const detailed = request.messages.some((message) =>
    partsOf(message.content).some((part) => part.type === 'image_url' && (part.image_url.detail ?? 'auto') !== 'auto'),
  );
  if (detailed) losses.push('messages[].content[].image_url.detail');
  return losses;
}
